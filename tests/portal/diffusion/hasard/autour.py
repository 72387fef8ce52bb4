"""What people do around pages: files, settings, hosts, facts, the registry and the records."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from etablissements.monographie.requetes import liste_de_travail
from etablissements.registre.importation.operations import importer_etablissements
from etablissements.registre.models import AnneeScolaire, Etablissement, Niveau
from etablissements.scolarite.api import importer_listes
from portal.demonstration.classeurs import ecrire_classeur, inventer_classes
from sites.hotes.verification import PreuveAbsente
from sites.models import (
    HoteEcole,
)
from tests.fabriques.mediatheque import PDF

from . import formulaires as f
from .monde import Monde
from .pages import COULEURS, Touchees

CYCLES = ("primaire", "prescolaire;primaire", "college", "qualifiant", "qualifiant;cpge")


# -- Files ------------------------------------------------------------------------------------------------------------


def _fichier(monde: Monde, modele: Any) -> Any:
    codes = [ecole.gresa for ecole in monde.ecoles]
    trouves = list(modele.objects.filter(proprietaire__in=codes).order_by("pk"))
    return monde.hasard.choice(trouves) if trouves else None


def changer_une_image(monde: Monde) -> Touchees:
    """Another file, or another credit."""
    image = _fichier(monde, get_image_model())
    if image is None:
        return None
    client = f.entrer(monde.directeurs[image.proprietaire])
    adresse = reverse("wagtailimages:edit", args=[image.pk])
    champs = {**f.lire_formulaire(client, adresse), "credit": f"Photo {monde.rang}"}
    if monde.hasard.random() < 0.5:
        champs["file"] = f.photo(monde.hasard.choice(COULEURS), f"autre-{monde.rang}.png")
    client.post(adresse, champs)
    return {image.proprietaire}


def supprimer_une_image(monde: Monde) -> Touchees:
    """An image goes from the library."""
    image = _fichier(monde, get_image_model())
    if image is None:
        return None
    f.envoyer(f.entrer(monde.directeurs[image.proprietaire]), "wagtailimages:delete", [image.pk], {})
    return {image.proprietaire}


def changer_un_document(monde: Monde) -> Touchees:
    """Another file under the same document, or another title."""
    document = _fichier(monde, get_document_model())
    if document is None:
        return None
    client = f.entrer(monde.directeurs[document.proprietaire])
    adresse = reverse("wagtaildocs:edit", args=[document.pk])
    champs = {**f.lire_formulaire(client, adresse), "title": f"Document {monde.rang}"}
    if monde.hasard.random() < 0.5:
        champs["file"] = SimpleUploadedFile(f"autre-{monde.rang}.pdf", PDF + b" " * monde.rang)
    client.post(adresse, champs)
    return {document.proprietaire}


def supprimer_un_document(monde: Monde) -> Touchees:
    """A document goes from the library."""
    document = _fichier(monde, get_document_model())
    if document is None:
        return None
    f.envoyer(f.entrer(monde.directeurs[document.proprietaire]), "wagtaildocs:delete", [document.pk], {})
    return {document.proprietaire}


# -- Settings, hosts, facts -------------------------------------------------------------------------------------------


def regler(monde: Monde) -> Touchees:
    """Change a setting of the site."""
    ecole = monde.ecole()
    client = f.entrer(monde.directeurs[ecole.gresa])
    adresse = reverse("gestion_sites:reglages", kwargs={"gresa": ecole.gresa.lower()})
    champs = f.lire_formulaire(client, adresse)
    images = list(get_image_model().objects.filter(proprietaire=ecole.gresa).order_by("pk"))
    changes: list[dict[str, Any]] = [
        {"telephone_administration": f"05289900{monde.rang % 90 + 10}"},
        {"facebook": f"https://www.facebook.com/ecole{monde.rang}"},
        {"courriel_contact": f"ecole{monde.rang}@example.org"},
        {"logo": str(monde.hasard.choice(images).pk) if images else ""},
        {"logo": ""},
        {"formulaire_ouvert": "" if champs.get("formulaire_ouvert") else "on"},
        {"moderation_exigee": "" if champs.get("moderation_exigee") else "on"},
    ]
    envoi = champs | monde.hasard.choice(changes)
    client.post(adresse, {nom: valeur for nom, valeur in envoi.items() if valeur != "" or nom == "logo"})
    return {ecole.gresa}


def changer_d_hote(monde: Monde) -> Touchees:
    """Ask for a name, prove it, or give it up."""
    ecole = monde.ecole()
    client = f.entrer(monde.directeurs[ecole.gresa])
    demande = HoteEcole.objects.filter(etablissement=ecole).first()
    arguments = {"gresa": ecole.gresa.lower()}
    voulu = {"hote": monde.hasard.choice(("college-argane.ma", "ecole-cedre.ma", "lycee-olivier.ma"))}
    if demande is None:
        f.envoyer(client, "gestion_sites:hote", arguments, voulu)
        return {ecole.gresa}
    champs = monde.hasard.choice(({"rendre": "1"}, voulu)) if demande.verifie_le else {"prouver": "1"}
    preuve: Any = PreuveAbsente if monde.hasard.random() < 0.2 else None
    with (
        patch("sites.hotes.operations.verification.exiger_la_preuve", side_effect=preuve),
        patch("sites.hotes.operations.cache.add", return_value=True),
    ):
        f.envoyer(client, "gestion_sites:hote", arguments, champs)
    return {ecole.gresa}


def confirmer(monde: Monde) -> Touchees:
    """The director confirms the facts."""
    ecole = monde.ecole()
    (travail,) = liste_de_travail(ecoles=Etablissement.objects.filter(pk=ecole.pk)) or [None]
    if travail is None:
        return None
    f.envoyer(
        f.entrer(monde.directeurs[ecole.gresa]),
        "bureau:confirmer_monographie",
        {"gresa": ecole.gresa.lower()},
        {"empreinte": travail.empreinte},
    )
    return {ecole.gresa}


def importer_le_registre(monde: Monde) -> Touchees:
    """A line of the registry: renamed, closed, opened again, of another cycle, direction or school, taken over."""
    connues = list(Etablissement.objects.order_by("pk"))
    ecole = monde.hasard.choice([*monde.ecoles, *monde.unites, *connues])
    ecole = Etablissement.objects.get(pk=ecole.pk)
    ligne = {
        "gresa": ecole.gresa,
        "nom_fr": ecole.nom_fr,
        "nom_ar": ecole.nom_ar,
        "type": ecole.type,
        "cycles": ";".join(ecole.cycles.values_list("code", flat=True)),
        "commune": ecole.commune_id,
        "direction": ecole.direction_id,
        "rattachement": ecole.rattachement.gresa if ecole.rattachement else "",
        "telephone": ecole.telephone,
        "dotations": ";".join(f"{d.genre}={d.nombre}" for d in ecole.dotations.all()),
        "ouvert": "oui" if ecole.ouvert else "non",
        "ferme_le": ecole.ferme_le.isoformat() if ecole.ferme_le else "",
        "successeur": ecole.successeur.gresa if ecole.successeur else "",
    }
    autres = [autre for autre in connues if autre.pk != ecole.pk and autre.ouvert and not autre.rattachement_id]
    choix: list[dict[str, str]] = [
        {"nom_fr": f"COLLEGE NOM {monde.rang}"},
        {"nom_ar": f"مؤسسة {monde.rang}"},
        {"telephone": f"05289901{monde.rang % 90 + 10}"},
        {"dotations": f"salle={monde.rang % 20 + 1};cantine={monde.rang % 2}"},
        {"ouvert": "non", "ferme_le": timezone.localdate().isoformat()},
        {"ouvert": "oui", "ferme_le": "", "successeur": ""},
        {"ouvert": "oui", "ferme_le": "", "successeur": ""},
        {"cycles": monde.hasard.choice(CYCLES)},
        {"direction": "07.351", "commune": "07.351.01.05"},
        {"direction": "09.581", "commune": monde.hasard.choice(("09.581.01.07", "09.581.11.11"))},
        {"rattachement": "", "type": "ecole"},
    ]
    if autres:
        suite = monde.hasard.choice(autres).gresa
        choix.append({"ouvert": "non", "successeur": suite})
        if not ecole.unites.exists():
            choix.append({"rattachement": suite, "type": "annexe"})
    reprise = {"ouvert": "oui", "ferme_le": "", "successeur": "", "rattachement": "", "type": "ecole"}
    ailleurs = ecole.rattachement_id and ecole.type != "satellite"
    if (not ecole.ouvert or ailleurs) and monde.hasard.random() < 0.7:  # or there would soon be no site to change
        ligne |= reprise
    else:
        ligne |= monde.hasard.choice(choix)
    _importer([ligne])
    proches = _proches(ecole)
    return {autre.gresa for autre in Etablissement.objects.all() if autre.pk in proches or not autre.ouvert}


def _proches(ecole: Etablissement) -> set[int]:
    """The school, and those whose pages show it: its mother before and after. A closed one names its neighbours."""
    apres = Etablissement.objects.get(pk=ecole.pk)
    return {cle for cle in (ecole.pk, ecole.rattachement_id, apres.rattachement_id, apres.successeur_id) if cle}


def _importer(lignes: list[dict[str, str]]) -> None:
    sortie = io.StringIO()
    tableau = csv.DictWriter(sortie, list(lignes[0]))
    tableau.writeheader()
    tableau.writerows(lignes)
    with TemporaryDirectory() as dossier:
        fichier = Path(dossier, "registre.csv")
        fichier.write_text(sortie.getvalue(), encoding="utf-8")
        importer_etablissements(fichiers=[fichier])


def importer_les_eleves(monde: Monde) -> Touchees:
    """The lists of a school: its headcount changes."""
    ecole = monde.ecole()
    annee = AnneeScolaire.courante()
    niveau = Niveau.objects.filter(cycle__in=ecole.cycles.all()).order_by("ordre").first()
    if niveau is None:
        return None
    with TemporaryDirectory() as dossier:
        chemin = Path(dossier, f"liste-{monde.rang}.xlsx")
        taille = monde.hasard.randint(2, 5)
        classes = inventer_classes(
            etablissement=ecole, annee=annee, graine=monde.rang, niveaux={niveau.code: 1}, taille=taille
        )
        ecrire_classeur(chemin=chemin, etablissement=ecole, annee=annee, classes=list(classes))
        importer_listes(fichiers=[chemin], etablissement=ecole.gresa)
    return {ecole.gresa}
