"""Eleven people and two schools of two academies, with everything that a route may name."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.utils import timezone
from wagtail_localize.models import Translation

from etablissements.bureau.moderation.circuit import proposer
from etablissements.monographie.models import Signalement
from etablissements.scolarite.documents.operations import delivrer
from etablissements.scolarite.models import Tutelle
from portal.comptes.models import Utilisateur
from sites.models import MessageRecu, ReglagesEcole
from tests.fabriques import (
    creer_affectation,
    creer_classe,
    creer_inscription,
    creer_tutelle,
    creer_tuteur,
    creer_utilisateur,
)
from tests.fabriques.pages import creer_evenement
from tests.fabriques.registre import MARRAKECH
from tests.sites.droits.monde import MARQUE, NOTRE, Ecole, creer_ecole

DIRECTIONS = {NOTRE: ("souss-massa", "tiznit"), MARQUE: ("marrakech-safi", "marrakech")}


@dataclass
class Lieu:
    """A school of the matrix.

    Attributes:
        ecole: its site and staff.
        cles: what each argument of a route names there; `pk` and others mean another thing below some addresses.
        mere, ecarte: its guardianships; the second has ended.
    """

    ecole: Ecole
    cles: dict[str, Any]
    mere: Tutelle
    ecarte: Tutelle

    def valeur(self, route: str, argument: str) -> Any:
        """Return what this argument of a route names here; None when it names nothing of a school."""
        debuts = [debut for debut, nom in ((*cle.split(), "")[:2] for cle in self.cles) if nom == argument]
        debut = max((debut for debut in debuts if route.startswith(debut)), key=len, default="")
        return self.cles.get(f"{debut} {argument}".strip())


@dataclass
class Monde:
    """What routes are asked with, and who asks."""

    notre: Lieu
    autre: Lieu
    personnes: dict[str, Utilisateur | None] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        """Return a client signed in as this role; the anonymous one is not."""
        client = Client(raise_request_exception=False)
        if personne := self.personnes[role]:
            client.force_login(personne)
        return client


def creer_monde() -> Monde:
    """Build both schools and everybody. The assignment of the former director and the guardianship have ended."""
    monde = Monde(creer_lieu(NOTRE), creer_lieu(MARQUE, direction=MARRAKECH))
    ecole = monde.notre.ecole
    direction = ecole.etablissement.direction
    hier = timezone.localdate() - datetime.timedelta(days=1)
    monde.personnes = {
        "anonyme": None,
        "parent": monde.notre.mere.tuteur.utilisateur,
        "parent écarté": monde.notre.ecarte.tuteur.utilisateur,
        "élève": creer_utilisateur(),
        "secretaire": ecole.secretaire,
        "redacteur": ecole.redacteur,
        "directeur": ecole.directeur,
        "ancien directeur": creer_affectation(etablissement=ecole.etablissement, au=hier).utilisateur,
        "communicateur": creer_affectation(role="communicateur", direction=direction).utilisateur,
        "communicateur d'académie": creer_affectation(role="communicateur", academie=direction.academie).utilisateur,
        "ministere": creer_affectation(role="ministere").utilisateur,
    }
    return monde


def creer_lieu(mot: str, **options: str) -> Lieu:
    """Build a school and what happens in it."""
    return peupler(creer_ecole(mot, **options), mot)


def peupler(ecole: Ecole, mot: str) -> Lieu:
    """Give a school a family, a paper, a message, a report, an event, a proposal and a translation."""
    etablissement, cles = ecole.etablissement, {nom: valeurs[0] for nom, valeurs in ecole.cles.items()}
    eleve = creer_inscription(classe=creer_classe(etablissement=etablissement)).eleve
    mere = creer_tutelle(eleve=eleve, tuteur=creer_tuteur())
    ecarte = creer_tutelle(
        eleve=eleve,
        tuteur=creer_tuteur(),
        rang=2,
        lien=Tutelle.Lien.PERE,
        statut=Tutelle.Statut.TERMINEE,
        du=timezone.now(),
        au=timezone.now(),
        motif_fin="jugement",
    )
    papier, _neuf = delivrer(eleve_id=eleve.pk, demande_par_id=mere.tuteur.utilisateur_id)
    message = MessageRecu.objects.create(
        etablissement=etablissement, objet="autre", nom=mot, courriel="a@b.invalid", texte=mot, langue="ar"
    )
    signalement = Signalement.objects.create(
        etablissement=etablissement, champ="telephone", juste=mot, par=ecole.directeur
    )
    ReglagesEcole.objects.filter(etablissement=etablissement).update(moderation_exigee=True)
    evenement = creer_evenement(etablissement, f"fete-{mot}", title=f"fete {mot}")
    evenement.save_revision(user=ecole.redacteur)
    propose = proposer(page=evenement, par=ecole.redacteur)
    Translation.objects.get(pk=cles["translation_id"]).save_target(ecole.directeur)
    academie, direction = DIRECTIONS[mot]
    cles |= {
        "cle": mere.cle,
        "cle_tutelle": mere.cle,
        "reste": f"actualites/{ecole.publiee.slug}/",
        "var": f"ecoles/{etablissement.slug_public}/",
        "academie": academie,
        "direction": direction,
        "code": etablissement.gresa.lower(),
        "/sitemap-<code> code": etablissement.direction.academie_id,
        "pk": ecole.publiee.pk,
        "/ar/gestion/evenements/ pk": evenement.pk,
        "/ar/gestion/propositions/ pk": propose.current_task_state.pk,
        "/ar/gestion/propositions/pages/ pk": evenement.pk,
        "/ar/gestion/messages/ pk": message.pk,
        "/ar/gestion/signalements/ pk": signalement.pk,
        "/ar/gestion/images/ pk": cles["image_id"],
        "/ar/gestion/documents/ pk": cles["document_id"],
        "/ar/gestion/users/ pk": ecole.directeur.pk,
        "/ar/verification/ document_id": papier.pk,
        "/ar/espace-parents/ document_id": papier.pk,
    }
    return Lieu(ecole, cles, mere, ecarte)
