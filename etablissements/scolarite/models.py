"""All the models of the records core, gathered for Django. Import them from their own module, inside this app only."""

from .documents.models import CompteurDocuments, Document
from .echanges.models import ImportListe
from .inscriptions.models import Bordereau, Classe, Eleve, Inscription, Tutelle, Tuteur

__all__ = [
    "Bordereau",
    "Classe",
    "CompteurDocuments",
    "Document",
    "Eleve",
    "ImportListe",
    "Inscription",
    "Tutelle",
    "Tuteur",
]
