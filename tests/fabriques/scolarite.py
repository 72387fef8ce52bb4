"""Builders of the records core."""

import datetime
import itertools

from django.utils import timezone

from etablissements.registre.models import AnneeScolaire, Etablissement, Niveau
from etablissements.scolarite.inscriptions.codes import empreinte
from etablissements.scolarite.models import Bordereau, Classe, Eleve, ImportListe, Inscription, Tutelle, Tuteur
from portal.comptes.models import Utilisateur

from .comptes import creer_utilisateur
from .registre import creer_etablissement

_numeros = itertools.count(1)


def creer_classe(
    *,
    etablissement: Etablissement | None = None,
    annee: str | None = None,
    niveau: str = "1APIC",
    libelle: str | None = None,
) -> Classe:
    """A class of the current year unless `annee` (`2025-2026`) is given; `libelle` follows the level."""
    etablissement = etablissement or creer_etablissement()
    return Classe.objects.create(
        etablissement=etablissement,
        annee=AnneeScolaire.objects.get(code=annee) if annee else AnneeScolaire.courante(),
        niveau=Niveau.objects.get(code=niveau),
        libelle=libelle or f"{niveau}-{next(_numeros)}",
    )


def creer_eleve(**champs: object) -> Eleve:
    """A pupil named in both scripts; the code Massar is a letter, 99 and seven digits."""
    defauts: dict[str, object] = {
        "code_massar": f"Z99{next(_numeros):07d}",
        "nom_ar": "أمزيان",
        "prenom_ar": "إلياس",
        "nom_fr": "AMEZIANE",
        "prenom_fr": "Ilyas",
        "sexe": "M",
        "date_naissance": datetime.date(2013, 5, 1),
        "lieu_naissance_ar": "تيزنيت",
        "lieu_naissance_fr": "Tiznit",
    }
    return Eleve.objects.create(**(defauts | champs))


def creer_inscription(
    *,
    eleve: Eleve | None = None,
    classe: Classe | None = None,
    statut: str = Inscription.Statut.ACTIVE,
    du: datetime.date | None = None,
    au: datetime.date | None = None,
) -> Inscription:
    """An active enrolment since the first day of the class's year."""
    classe = classe or creer_classe()
    return Inscription.objects.create(
        eleve=eleve or creer_eleve(),
        classe=classe,
        annee=classe.annee,
        statut=statut,
        du=du or classe.annee.debut,
        au=au,
    )


def creer_import_liste(*, classe: Classe, nb_eleves: int = 1, **champs: object) -> ImportListe:
    """The trace of an import of the school and year of `classe`: without one, there are no published figures."""
    defauts: dict[str, object] = {
        "nom_fichier": "ListEleve_20251007.xlsx",
        "sha256": f"{next(_numeros):064x}",
        "importe_le": timezone.make_aware(datetime.datetime(2025, 10, 7, 12)),
        "nb_classes": 1,
    }
    return ImportListe.objects.create(
        etablissement=classe.etablissement, annee=classe.annee, nb_eleves=nb_eleves, **(defauts | champs)
    )


def creer_tuteur(*, utilisateur: Utilisateur | None = None, nom: str = "أمزيان", prenom: str = "فاطمة") -> Tuteur:
    """A guardian with an account."""
    return Tuteur.objects.create(utilisateur=utilisateur or creer_utilisateur(), nom=nom, prenom=prenom)


def creer_tutelle(*, tuteur: Tuteur | None = None, eleve: Eleve | None = None, **champs: object) -> Tutelle:
    """A declared guardianship: mother, first rank."""
    defauts: dict[str, object] = {"rang": 1, "lien": Tutelle.Lien.MERE}
    return Tutelle.objects.create(tuteur=tuteur or creer_tuteur(), eleve=eleve or creer_eleve(), **(defauts | champs))


def creer_bordereau(*, eleve: Eleve | None = None, code: str = "7KQ2MX94TB", **champs: object) -> Bordereau:
    """A live slip of first rank with a code that the test knows, issued yesterday for ninety days."""
    emis_le = timezone.now() - datetime.timedelta(days=1)
    defauts: dict[str, object] = {
        "rang": 1,
        "empreinte": empreinte(code),
        "emis_le": emis_le,
        "expire_le": emis_le + datetime.timedelta(days=90),
    }
    return Bordereau.objects.create(eleve=eleve or creer_inscription().eleve, **(defauts | champs))
