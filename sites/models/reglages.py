"""What a school sets for its own site: one row per school, made at the first change."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model_string

from etablissements.registre.models import Etablissement
from portal.diffusion import cles
from portal.diffusion.api import perimer

# The networks a school may link to, and the hosts that are theirs. A link elsewhere would carry the State's credit.
RESEAUX = {
    "facebook": frozenset({"facebook.com", "www.facebook.com", "m.facebook.com"}),
    "instagram": frozenset({"instagram.com", "www.instagram.com"}),
    "youtube": frozenset({"youtube.com", "www.youtube.com", "m.youtube.com"}),
    "x": frozenset({"x.com", "www.x.com", "twitter.com", "www.twitter.com"}),
    "whatsapp": frozenset({"whatsapp.com", "www.whatsapp.com"}),
}
NOMS_DES_RESEAUX = {
    "facebook": "Facebook",
    "instagram": "Instagram",
    "youtube": "YouTube",
    "x": "X",
    "whatsapp": "WhatsApp",
}
_telephone = RegexValidator(
    r"\A\+?[0-9](?:[0-9 ]{6,16})[0-9]\Z", _("Écrivez le numéro en chiffres, par exemple 0528 86 00 00.")
)


def est_du_reseau(adresse: str, reseau: str) -> bool:
    """Whether `adresse` is a page of `reseau`, over https, with nothing hidden in it."""
    try:
        parties = urlsplit(adresse)
        port = parties.port
    except ValueError:
        return False
    return bool(
        parties.scheme == "https"
        and (parties.hostname or "") in RESEAUX[reseau]
        and port in (None, 443)
        and "@" not in parties.netloc
        and "\\" not in adresse
        and parties.path.strip("/")
    )


def valider_lien(adresse: str, reseau: str) -> None:
    """Raise `ValidationError` unless `adresse` is a page of `reseau`."""
    if not est_du_reseau(adresse, reseau):
        raise ValidationError(
            _("Donnez l'adresse complète de la page de l'établissement sur %(reseau)s, en https."),
            code="reseau",
            params={"reseau": NOMS_DES_RESEAUX[reseau]},
        )


class ReglagesEcole(models.Model):
    """The settings of a school's site. A school without a row has the defaults."""

    etablissement = models.OneToOneField(
        Etablissement, on_delete=models.CASCADE, related_name="reglages", editable=False, primary_key=True
    )
    logo = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("Montré à côté du nom de l'établissement, sur toutes ses pages."),
    )
    telephone_administration = models.CharField(
        _("téléphone de l'administration"), max_length=20, blank=True, validators=[_telephone]
    )
    telephone_vie_scolaire = models.CharField(
        _("téléphone de la vie scolaire"), max_length=20, blank=True, validators=[_telephone]
    )
    courriel_contact = models.EmailField(_("courriel de contact"), blank=True)
    facebook = models.CharField("Facebook", blank=True, max_length=200)
    instagram = models.CharField("Instagram", blank=True, max_length=200)
    youtube = models.CharField("YouTube", blank=True, max_length=200)
    x = models.CharField("X", blank=True, max_length=200)
    whatsapp = models.CharField("WhatsApp", blank=True, max_length=200)
    moderation_exigee = models.BooleanField(
        _("le directeur approuve avant publication"),
        default=False,
        help_text=_("Ce que proposent les rédacteurs attend l'accord du directeur."),
    )
    formulaire_ouvert = models.BooleanField(
        _("le formulaire de contact est ouvert"),
        default=True,
        help_text=_("Fermé, la page de contact ne donne que l'adresse et les téléphones."),
    )
    modifie_le = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("réglages du site")
        verbose_name_plural = _("réglages des sites")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.etablissement_id}"

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and outdate the copies of every page of the school."""
        super().save(*args, **kwargs)
        perimer(*self.cles_perimees())

    @property
    def reseaux(self) -> list[tuple[str, str]]:
        """The school's pages on social networks: name of the network, address.

        Asked again here: what came in past the form leads nowhere.
        """
        adresses = ((nom, getattr(self, nom)) for nom in RESEAUX)
        return [(NOMS_DES_RESEAUX[nom], adresse) for nom, adresse in adresses if est_du_reseau(adresse, nom)]

    def cles_perimees(self) -> set[str]:
        """Return the key of the frame of the school: also outdated by another logo."""
        return {cles.ecole(self.etablissement.gresa)}

    def clean(self) -> None:
        """Refuse an address that is not on its network; add what a telephone leaves out of it, `https://`."""
        super().clean()
        fautes = {}
        for nom in RESEAUX:
            if adresse := getattr(self, nom):
                if "://" not in adresse:
                    adresse = f"https://{adresse}"
                    setattr(self, nom, adresse)
                try:
                    valider_lien(adresse, nom)
                except ValidationError as faute:
                    fautes[nom] = faute
        if fautes:
            raise ValidationError(fautes)


def reglages_de(etablissement: Etablissement) -> ReglagesEcole:
    """Return the settings of a school; the defaults, not written, while it has changed none.

    Costs no query when the school was read with `select_related("reglages")`.
    """
    try:
        return etablissement.reglages
    except ReglagesEcole.DoesNotExist:
        return ReglagesEcole(etablissement=etablissement)
