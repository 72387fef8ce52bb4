"""Writes the site of an invented school: the pages that its editors would have made in a year or two."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import override
from wagtail.models import Locale

from etablissements.registre.models import Etablissement
from portal.socle.models import ImagePortail
from portal.socle.plantation import Plant
from sites.createur import site_de
from sites.models import (
    PageActualite,
    PageActualites,
    PageAgenda,
    PageDeSection,
    PageEvenement,
    PageGalerie,
    PageLibre,
    PageServices,
    PhotoDeGalerie,
)
from sites.variantes import LIBELLES

from .images import SUJETS
from .tirage import lire, tirage

ACTUALITES = (4, 9)  # of a school, at least and at most
PART_EN_FRANCAIS = 0.25
PART_ILLUSTREE = 0.5
JOURS_ENTRE_DEUX = (6, 40)
EVENEMENTS = (-45, -12, 9, 30)  # days from today


@dataclass(frozen=True)
class Redaction:
    """What the site of a school is written from."""

    ecole: Etablissement
    images: Sequence[ImagePortail]
    locales: dict[str, Locale]
    aujourd_hui: datetime.date
    graine: int

    def site(self) -> Plant:
        """Return the pages of the school, ready to plant."""
        site = site_de(self.ecole, self.locales["ar"])
        site.page.presentation = _texte(f"<p>{_PRESENTATION_AR.format(nom=self.ecole.nom_public_ar)}</p>")
        site.page.first_published_at = site.page.last_published_at = _midi(self.aujourd_hui)
        hasard = tirage(self.graine, "site", self.ecole.gresa)
        liste = next(plant for plant in site.enfants if isinstance(plant.page, PageActualites))
        liste.enfants += self._actualites(hasard)
        site.enfants += [self._agenda(hasard), self._galerie(), self._services(), self._reglement()]
        return site

    def _section(self, modele: type[PageDeSection], **champs: object) -> PageDeSection:
        """Return the page of a section as the school opens it, written in Arabic."""
        section = modele.section
        assert section  # noqa: S101 - every section names its own
        with override("ar"):
            titre = str(LIBELLES[section])
        return modele(title=titre, slug=section.value, locale=self.locales["ar"], etablissement=self.ecole, **champs)

    def _agenda(self, hasard: Random) -> Plant:
        plants = []
        for sujet, jours in zip(hasard.sample(lire("pays/evenements.csv"), len(EVENEMENTS)), EVENEMENTS, strict=True):
            jour = self.aujourd_hui + datetime.timedelta(days=jours)
            langue = self._langue(hasard)
            page = PageEvenement(
                title=sujet[f"titre_{langue}"],
                slug=f"{slugify(sujet['titre_fr'])}-{jour:%Y-%m-%d}",
                locale=self.locales[langue],
                etablissement=self.ecole,
                jour=jour,
                heure=datetime.time(hasard.choice((9, 10, 14, 15))),
                lieu=sujet[f"lieu_{langue}"],
            )
            plants.append(Plant(page))
        return Plant(self._section(PageAgenda), plants)

    def _galerie(self) -> Plant:
        photos = [
            PhotoDeGalerie(image=image, image_alt=sujet[0], sort_order=rang)
            for rang, (image, sujet) in enumerate(zip(self.images, SUJETS, strict=True))
        ]
        return Plant(self._section(PageGalerie), references=True, rangees=photos)

    def _services(self) -> Plant:
        return Plant(self._section(PageServices, corps=_texte("<p>تفتح الخزانة وقاعة المطالعة كل يوم دراسة.</p>")))

    def _reglement(self) -> Plant:
        corps = _texte("<p>الحضور في الوقت، واحترام الجميع، والعناية بفضاءات المؤسسة واجب على كل تلميذ وتلميذة.</p>")
        page = PageLibre(
            title="القانون الداخلي",
            slug="reglement-interieur",
            locale=self.locales["ar"],
            etablissement=self.ecole,
            corps=corps,
        )
        return Plant(page)

    def _langue(self, hasard: Random) -> str:
        return "fr" if hasard.random() < PART_EN_FRANCAIS else "ar"

    def _actualites(self, hasard: Random) -> list[Plant]:
        cycle = self.ecole.cycle_principal_id
        sujets = [sujet for sujet in lire("pays/actualites.csv") if sujet["cycles"] == "*" or cycle in sujet["cycles"]]
        jour, plants = self.aujourd_hui, []
        for numero in range(hasard.randint(*ACTUALITES)):
            jour -= datetime.timedelta(days=hasard.randint(*JOURS_ENTRE_DEUX))
            sujet = hasard.choice(sujets)
            langue = self._langue(hasard)
            image = hasard.choice(range(len(self.images))) if hasard.random() < PART_ILLUSTREE else None
            plants.append(self._actualite(sujet, langue, jour, image, numero))
        return plants[::-1]  # the oldest was published first

    def _actualite(
        self, sujet: dict[str, str], langue: str, jour: datetime.date, image: int | None, numero: int
    ) -> Plant:
        page = PageActualite(
            title=sujet[f"titre_{langue}"],
            slug=f"{slugify(sujet['titre_fr'])}-{jour:%Y-%m-%d}-{numero}",
            locale=self.locales[langue],
            etablissement=self.ecole,
            date=jour,
            chapo=sujet[f"chapo_{langue}"],
            corps=_texte(f"<p>{sujet[f'corps_{langue}']}</p>"),
            first_published_at=_midi(jour),
            last_published_at=_midi(jour),
        )
        if image is not None:
            page.image = self.images[image]
            page.image_alt = SUJETS[image][langue == "fr"]
        return Plant(page, references=image is not None)


_PRESENTATION_AR = (
    "تستقبل {nom} تلامذة الجماعة في فضاء آمن ومشجع على التعلم. "
    "يعمل فريقها التربوي مع الأسر وجمعية الآباء على مواكبة كل تلميذ وتلميذة."
)


def _texte(html: str) -> list[tuple[str, str]]:
    return [("texte", html)]


def _midi(jour: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(jour, datetime.time(12)))
