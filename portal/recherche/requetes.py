"""What the directory answers."""

from dataclasses import dataclass

from django.db.models import Case, IntegerField, QuerySet, Value, When

from etablissements.registre.models import Commune, Etablissement
from portal.socle.texte import normaliser

MAXIMUM = 100  # characters of a criterion that are read


@dataclass(frozen=True)
class Criteres:
    """What the reader asked for.

    Attributes:
        texte: words of the name or of the commune in either script, or a GRESA code.
        commune: code or name of a commune.
        cycle: code of a cycle.
    """

    texte: str = ""
    commune: str = ""
    cycle: str = ""

    @property
    def vides(self) -> bool:
        """Whether nothing was asked."""
        return not (self.texte or self.commune or self.cycle)


def lire_criteres(parametres: dict[str, str]) -> Criteres:
    """Read the criteria of an address; what is too long or unreadable is cut, never refused."""
    lus = (parametres.get(nom, "").replace("\x00", "").strip()[:MAXIMUM] for nom in ("q", "commune", "cycle"))
    return Criteres(*lus)


def chercher(criteres: Criteres) -> QuerySet[Etablissement]:
    """Return the open schools and units that match every criterion, schools before their units."""
    trouves = Etablissement.objects.filter(ouvert=True).chercher(criteres.texte)
    if criteres.commune:
        trouves = trouves.filter(commune__in=_communes(criteres.commune))
    if criteres.cycle:
        trouves = trouves.filter(cycles=criteres.cycle)
    unite = Case(When(rattachement=None, then=Value(0)), default=Value(1), output_field=IntegerField())
    liens = ("commune", "direction", "cycle_principal", "rattachement")
    return trouves.select_related(*liens).order_by(unite, "commune__nom_fr", "cycle_principal__ordre", "nom_fr", "pk")


def _communes(texte: str) -> list[str]:
    """Return the codes of the communes named by a code or by words of a name in either script."""
    mots = normaliser(texte).split()
    communes = Commune.objects.values_list("code", "nom_fr", "nom_ar")
    return [
        code
        for code, nom_fr, nom_ar in communes
        if code == texte or (mots and all(mot in normaliser(f"{nom_fr} {nom_ar}") for mot in mots))
    ]
