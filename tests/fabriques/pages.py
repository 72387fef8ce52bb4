"""Builders of the pages of a school."""

import datetime
from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image

from etablissements.registre.models import Etablissement
from portal.socle.models import ImagePortail
from sites.createur import Createur
from sites.models import (
    Club,
    PageActualite,
    PageActualites,
    PageAgenda,
    PageEtablissement,
    PageEvenement,
    PageLibre,
    PhotoDeGalerie,
)
from sites.sections import MODELES, ouvrir
from sites.variantes import Section, offre

TEXTE = [("texte", "<p>نص <b>المؤسسة</b></p>")]


def creer_image(titre: str = "ساحة") -> ImagePortail:
    """A picture of one colour."""
    sortie = BytesIO()
    Image.new("RGB", (640, 400), "teal").save(sortie, "PNG")
    return ImagePortail.objects.create(title=titre, file=ImageFile(BytesIO(sortie.getvalue()), name="essai.png"))


def creer_actualite(ecole: Etablissement, slug: str = "rentree", **champs: Any) -> PageActualite:
    """A live piece of news; the site must exist."""
    index = PageActualites.objects.get(etablissement=ecole)
    page = PageActualite(**{"title": "خبر المؤسسة", "slug": slug, "locale": index.locale, **champs})
    return index.add_child(instance=page)


def creer_evenement(ecole: Etablissement, slug: str = "reunion", **champs: Any) -> PageEvenement:
    """A live event; the agenda is opened if need be."""
    ouvrir(etablissement=ecole, section=Section.AGENDA)
    agenda = PageAgenda.objects.get(etablissement=ecole)
    valeurs = {"title": "لقاء الأسر", "slug": slug, "locale": agenda.locale, "jour": datetime.date(2099, 12, 5)}
    return agenda.add_child(instance=PageEvenement(**{**valeurs, **champs}))


def creer_site_complet(ecole: Etablissement) -> list[str]:
    """The site of a school with every section that its cycle has, each filled; return the addresses below its home."""
    Createur().creer(ecole)
    accueil = PageEtablissement.objects.get(etablissement=ecole)
    image = creer_image()
    for section in MODELES:
        if not offre(ecole, section):
            continue
        page = ouvrir(etablissement=ecole, section=section)
        if hasattr(page, "corps"):
            page.corps = TEXTE
        if section is Section.GALERIE:
            page.photos.add(PhotoDeGalerie(image=image, image_alt="ساحة المؤسسة", legende="الساحة"))
        if section is Section.SERVICES:
            page.clubs.add(Club(nom="نادي القراءة", description="كتاب كل أسبوع", quand="الأربعاء"))
        page.save()
    accueil.refresh_from_db()
    accueil.add_child(instance=PageLibre(title="تاريخ المؤسسة", slug="histoire", locale=accueil.locale, corps=TEXTE))
    creer_actualite(ecole, image=image, image_alt="ساحة المؤسسة", chapo="في سطرين", corps=TEXTE, epinglee=True)
    creer_evenement(ecole, heure=datetime.time(9), heure_fin=datetime.time(12), lieu="القاعة الكبرى")
    creer_evenement(ecole, "fete", jour=datetime.date(2020, 3, 1), jour_fin=datetime.date(2020, 3, 3))
    sections = [f"{section.value}/" for section in MODELES if offre(ecole, section)]
    return ["", *sections, "histoire/", "actualites/rentree/", "agenda/reunion/", "agenda/fete/", "contact/ecrire/"]
