"""The words under which a school is found."""

from collections.abc import Iterable

from portal.socle.texte import normaliser

from .models import Etablissement, EtablissementQuerySet

LOT = 500


def texte_de_recherche(etablissement: Etablissement) -> str:
    """Return what `chercher` looks into: both names as registered and written out, the code, the commune."""
    commune = etablissement.commune
    return normaliser(
        " ".join(
            (
                etablissement.gresa,
                etablissement.nom_fr,
                etablissement.nom_public_fr,
                etablissement.nom_ar,
                etablissement.nom_public_ar,
                commune.nom_fr,
                commune.nom_ar,
            )
        )
    )


def indexer(etablissements: Iterable[Etablissement]) -> None:
    """Set `index_recherche` on each object, without writing it."""
    for etablissement in etablissements:
        etablissement.index_recherche = texte_de_recherche(etablissement)


def reindexer(etablissements: EtablissementQuerySet) -> None:
    """Write `index_recherche` again for these schools, after a change of name of their commune."""
    lus = list(etablissements.select_related("commune"))
    indexer(lus)
    Etablissement.objects.bulk_update(lus, ["index_recherche"], batch_size=LOT)
