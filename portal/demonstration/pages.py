"""What the schools of the demonstration say of themselves: invented news, events, pictures, clubs. Can be run again."""

import datetime
import json
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.images import ImageFile
from django.db import transaction
from django.utils import timezone

from etablissements.registre.models import Etablissement
from portal.socle.models import ImagePortail
from sites.models import (
    Club,
    PageActualite,
    PageActualites,
    PageContact,
    PageEtablissement,
    PageEvenement,
    PhotoDeGalerie,
    theme_de,
)
from sites.sections import ouvrir
from sites.traductions import traduire
from sites.variantes import Section, offre

from .dessins import dessiner

CONTENU: dict[str, Any] = json.loads((Path(__file__).with_name("donnees") / "pages.json").read_text(encoding="utf-8"))
CREDIT = "رسم للعرض · Dessin de démonstration"


@transaction.atomic
def garnir(*, ecole: Etablissement) -> None:
    """Fill the site of a school once: a second run finds its agenda open, and leaves all as it is."""
    accueil = PageEtablissement.objects.filter(etablissement=ecole).earliest("pk")
    if accueil.get_children().filter(slug=Section.AGENDA.value).exists():
        return
    cycle = theme_de(ecole)
    presentation = CONTENU["presentation"][cycle]
    accueil.presentation = _texte(presentation[accueil.langue])
    accueil.save_revision().publish()
    for langue in presentation.keys() - {accueil.langue}:
        traduite: Any = traduire(page=accueil, langue=langue, auteur=None)
        traduite.presentation = _texte(presentation[langue])
        traduite.save_revision().publish()
    contact = PageContact.objects.child_of(accueil).get()
    contact.horaires = _texte(CONTENU["horaires"])
    contact.save_revision().publish()
    _actualites(ecole, cycle)
    _agenda(ecole, cycle)
    _galerie(ecole)
    _services(ecole, cycle)
    for section in (Section.ASSOCIATION, Section.RESULTATS, Section.ADMISSIONS):
        _ecrire(ecole, section, CONTENU[section.value])
    for rubrique, texte in CONTENU["rubriques"][cycle].items():
        if offre(ecole, Section(rubrique)):
            _ecrire(ecole, Section(rubrique), texte)


def _texte(html: str) -> list[tuple[str, str]]:
    return [("texte", html)]


def _image(scene: str, titre: str, graine: int) -> ImagePortail:
    image = ImagePortail(title=titre, credit=CREDIT)
    image.file = ImageFile(BytesIO(dessiner(scene, graine=graine)), name=f"{scene}-{graine}.jpg")
    image.save()
    return image


def _ecrire(ecole: Etablissement, section: Section, html: str) -> None:
    page: Any = ouvrir(etablissement=ecole, section=section)
    page.corps = _texte(html)
    page.save_revision().publish()


def _actualites(ecole: Etablissement, cycle: str) -> None:
    index = PageActualites.objects.filter(etablissement=ecole).order_by("pk").get()
    for nouvelle in CONTENU["actualites"]:
        if cycle not in nouvelle["cycles"]:
            continue
        arabe = nouvelle["ar"]
        page = index.add_child(
            instance=PageActualite(
                title=arabe["title"],
                slug=nouvelle["slug"],
                locale=index.locale,
                date=_jour(nouvelle["jours"]),
                epinglee=nouvelle.get("epinglee", False),
                chapo=arabe["chapo"],
                image=_image(nouvelle["scene"], arabe["alt"], ecole.pk),
                image_alt=arabe["alt"],
                corps=_texte(arabe["texte"]),
            )
        )
        page.save_revision().publish()
        if traduite := nouvelle.get("fr"):
            copie = traduire(page=page, langue="fr", auteur=None)
            copie.title, copie.chapo = traduite["title"], traduite["chapo"]
            copie.image_alt, copie.corps = traduite["alt"], _texte(traduite["texte"])
            copie.save_revision().publish()


def _agenda(ecole: Etablissement, cycle: str) -> None:
    agenda = ouvrir(etablissement=ecole, section=Section.AGENDA)
    for annonce in CONTENU["evenements"]:
        if cycle not in annonce["cycles"]:
            continue
        jour = _jour(annonce["jours"])
        page = agenda.add_child(
            instance=PageEvenement(
                title=annonce["title"],
                slug=annonce["slug"],
                locale=agenda.locale,
                jour=jour,
                jour_fin=jour + datetime.timedelta(days=annonce["duree"]) if "duree" in annonce else None,
                heure=_heure(annonce.get("heure")),
                heure_fin=_heure(annonce.get("heure_fin")),
                lieu=annonce["lieu"],
                chapo=annonce["chapo"],
            )
        )
        page.save_revision().publish()


def _galerie(ecole: Etablissement) -> None:
    galerie: Any = ouvrir(etablissement=ecole, section=Section.GALERIE)
    for rang, (scene, alt, legende) in enumerate(CONTENU["galerie"]):
        image = _image(scene, alt, ecole.pk + rang + 1)
        galerie.photos.add(PhotoDeGalerie(sort_order=rang, image=image, image_alt=alt, legende=legende))
    galerie.save_revision().publish()


def _services(ecole: Etablissement, cycle: str) -> None:
    services: Any = ouvrir(etablissement=ecole, section=Section.SERVICES)
    for rang, (nom, description, quand) in enumerate(CONTENU["clubs"][cycle]):
        services.clubs.add(Club(sort_order=rang, nom=nom, description=description, quand=quand))
    services.save_revision().publish()


def _jour(decalage: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=decalage)


def _heure(texte: str | None) -> datetime.time | None:
    return datetime.time.fromisoformat(texte) if texte else None
