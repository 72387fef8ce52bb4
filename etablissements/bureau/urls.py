"""Routes of the back office, under those of the Wagtail admin."""

from django.urls import path

from .courrier import views as courrier
from .faits import views as faits
from .moderation import views as moderation
from .redaction.genres import ACTUALITE, EVENEMENT
from .redaction.views import Ecrire, Modifier
from .rubriques.views import Rubriques
from .tableau.views import ListeEcoles
from .traduction.views import Traduction
from .tutelles import views as tutelles

app_name = "bureau"

urlpatterns = [
    path("tutelles/", tutelles.ListeTutelles.as_view(), name="tutelles"),
    path("tutelles/recherche/", tutelles.rechercher, name="rechercher"),
    path("tutelles/<uuid:cle>/confirmer/", tutelles.confirmer, name="confirmer"),
    path("tutelles/<uuid:cle>/terminer/", tutelles.FinTutelle.as_view(), name="terminer"),
    path("ecoles/<slug:gresa>/actualites/nouvelle/", Ecrire.as_view(genre=ACTUALITE), name="ecrire_actualite"),
    path("ecoles/<slug:gresa>/evenements/nouveau/", Ecrire.as_view(genre=EVENEMENT), name="ecrire_evenement"),
    path("actualites/<int:pk>/", Modifier.as_view(genre=ACTUALITE), name="actualite"),
    path("evenements/<int:pk>/", Modifier.as_view(genre=EVENEMENT), name="evenement"),
    path("ecoles/", ListeEcoles.as_view(), name="ecoles"),
    path("ecoles/<slug:gresa>/monographie/", faits.Monographie.as_view(), name="monographie"),
    path("ecoles/<slug:gresa>/monographie/confirmer/", faits.confirmer, name="confirmer_monographie"),
    path("signalements/", faits.Signalements.as_view(), name="signalements"),
    path("signalements/<int:pk>/", faits.Repondre.as_view(), name="repondre"),
    path("messages/", courrier.Boite.as_view(), name="messages"),
    path("messages/<int:pk>/", courrier.Lire.as_view(), name="message"),
    path("messages/<int:pk>/marquer/", courrier.marquer, name="marquer_message"),
    path("propositions/", moderation.Propositions.as_view(), name="propositions"),
    path("propositions/<int:pk>/", moderation.Decider.as_view(), name="proposition"),
    path("propositions/pages/<int:pk>/retirer/", moderation.retirer, name="retirer"),
    path("ecoles/<slug:gresa>/rubriques/", Rubriques.as_view(), name="rubriques"),
    path("pages/<int:pk>/traduction/", Traduction.as_view(), name="traduction"),
]
