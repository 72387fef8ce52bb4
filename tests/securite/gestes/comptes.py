"""What anybody and families send: accounts, activation, the contact of a school, the verification of a paper."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.test import Client
from django.urls import reverse

from etablissements.scolarite.models import Document
from tests.fabriques import creer_bordereau, creer_eleve
from tests.fabriques.comptes import MOT_DE_PASSE

from ..acteurs import Monde
from .base import LECTURE, Geste, fichier, toujours

NEUF = "palmier-dattier-2027"
CODE = "7KQ2MX94TB"
ENFANT = {"date_naissance": "01/05/2013", "lien": "mere"}


def bordereau(client: Client, monde: Monde) -> None:
    """A new slip, whose two codes this person has just typed."""
    eleve = creer_eleve(code_massar="Z999999999")
    creer_bordereau(eleve=eleve, code=CODE)
    client.post(reverse("parents:activation"), {"code_massar": eleve.code_massar, "code_bordereau": CODE})


def lien_d_oubli(client: Client, monde: Monde) -> str:
    """The page behind the link that an e-mail brought."""
    mere = monde.personnes["parent"]
    cle = f"{user_pk_to_url_str(mere)}-{default_token_generator.make_token(mere)}"
    uidb36, _tiret, jeton = cle.partition("-")
    arguments = {"uidb36": uidb36, "key": jeton}
    return client.get(reverse("account_reset_password_from_key", kwargs=arguments))["Location"]


def sans_papier(client: Client, monde: Monde) -> None:
    """Nothing was issued today."""
    Document.objects.all().delete()


GESTES = {
    "/ar/activation/": (
        Geste("anonyme", toujours(code_massar="Z999999999", code_bordereau=CODE), formulaire=0, ecrit=False),
    ),
    "/ar/activation/confirmation/": (
        Geste("anonyme", toujours(prenom="x", nom="y", mot_de_passe=NEUF, **ENFANT), avant=bordereau),
        Geste("parent", toujours(**ENFANT), avant=bordereau),
    ),
    "/ar/compte/confirm-email/<key>/": LECTURE,
    "/ar/compte/email/": (Geste("parent", toujours(email="mere@ici.invalid", action_add=""), siens=("email",)),),
    "/ar/compte/login/": (
        Geste(
            "anonyme",
            lambda monde: {"login": monde.personnes["parent"].username, "password": MOT_DE_PASSE},
        ),
    ),
    "/ar/compte/login/code/confirm/": LECTURE,
    "/ar/compte/logout/": (Geste("parent", ecrit=False),),
    "/ar/compte/password/change/": (
        Geste("parent", toujours(oldpassword=MOT_DE_PASSE, password1=NEUF, password2=NEUF), formulaire=0),
    ),
    "/ar/compte/password/reset/": (Geste("anonyme", lambda monde: {"email": monde.notre.ecole.directeur.email}),),
    "/ar/compte/password/reset/key/<uidb36>-<key>/": (
        Geste("anonyme", toujours(password1=NEUF, password2=NEUF), avant=lien_d_oubli),
    ),
    "/ar/compte/password/set/": (Geste("parent", toujours(password1=NEUF, password2=NEUF), ecrit=False),),
    "/ar/compte/reauthenticate/": (Geste("parent", toujours(password=MOT_DE_PASSE), ecrit=False),),
    "/ar/compte/signup/": (
        Geste("anonyme", toujours(username="neuf", email="", password1=NEUF, password2=NEUF), ecrit=False),
    ),
    "/ar/ecoles/<slug:racine>/contact/ecrire/": (
        Geste(
            "anonyme",
            toujours(objet="autre", nom="x", telephone="0612345678", courriel="a@b.invalid", texte="z"),
            formulaire=0,
        ),
    ),
    "/ar/espace-parents/enfants/<uuid:cle_tutelle>/attestation/": (Geste("parent", avant=sans_papier),),
    "/ar/verification/": (Geste("anonyme", fichier("x.pdf", "fichier", {}), ecrit=False),),
}
