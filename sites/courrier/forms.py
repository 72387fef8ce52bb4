"""The form that writes to a school. What keeps machines away asks nothing of people and of no third party."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.socle.formulaires import ChampEntier
from portal.socle.texte import chiffres_latins

from ..models.contact import TEXTE_MAX, MessageRecu

SEL = "sites.courrier"
DUREE_MINIMALE = 4  # seconds: nobody reads the form and writes a message faster
DUREE_MAXIMALE = 24 * 60 * 60


class FormulaireMessage(forms.Form):
    """A message to a school. `ecole` is its GRESA code: a form given for one school is not worth at another.

    Against machines: an input that people do not see (`site_web`, written by the template) stays empty, and a signed
    moment (`jeton`) says when the form was given. The limits by address and by school are the view's.
    """

    objet = forms.ChoiceField(label=_("Sujet"), choices=MessageRecu.Objet)
    nom = forms.CharField(
        label=_("Votre nom complet"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    telephone = forms.CharField(
        label=_("Votre téléphone"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel", "dir": "ltr"}),
        help_text=_("Téléphone ou courriel : l'un des deux, pour que l'école puisse vous répondre."),
    )
    courriel = forms.EmailField(
        label=_("Votre courriel"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"}),
    )
    texte = ChampEntier(
        label=_("Votre message"),
        max_length=TEXTE_MAX,
        widget=forms.Textarea(attrs={"rows": 7, "dir": "auto"}),
        help_text=_("N'écrivez pas de mot de passe ni de code d'un bordereau."),
    )
    jeton = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, donnees: Any = None, *, ecole: str) -> None:
        self._signeur = signing.TimestampSigner(salt=f"{SEL}.{ecole}")
        super().__init__(donnees, initial={"jeton": self._signeur.sign("")})

    def clean_telephone(self) -> str:
        """Keep the digits in Latin script, with a leading + at most."""
        saisi = chiffres_latins(self.cleaned_data["telephone"])
        numero = saisi.translate({ord(signe): None for signe in " .-()/"})
        chiffres = numero.removeprefix("+")
        if numero and not (chiffres.isdigit() and 8 <= len(chiffres) <= 15):
            raise ValidationError(_("Écrivez le numéro en chiffres, par exemple 0612345678."))
        return numero

    def clean(self) -> dict[str, Any]:
        """Refuse machines, and messages that nobody could answer."""
        donnees = super().clean() or {}
        self._verifier_machine(donnees)
        manquants = not donnees.get("telephone") and not donnees.get("courriel")
        if manquants and not {"telephone", "courriel"} & set(self.errors):
            self.add_error("telephone", _("Donnez un téléphone ou un courriel, pour recevoir la réponse."))
        return donnees

    def _verifier_machine(self, donnees: dict[str, Any]) -> None:
        if self.data.get("site_web"):
            raise ValidationError(_("Le message n'est pas parti : un champ qui doit rester vide a été rempli."))
        jeton = donnees.get("jeton") or ""
        try:
            self._signeur.unsign(jeton, max_age=DUREE_MAXIMALE)
        except signing.BadSignature:
            self._rajeunir()
            raise ValidationError(
                _("La page est restée ouverte trop longtemps : envoyez de nouveau le message.")
            ) from None
        if not self.ouvert_depuis(DUREE_MINIMALE):
            raise ValidationError(_("Le message est arrivé trop vite : relisez-le, puis envoyez-le de nouveau."))

    def ouvert_depuis(self, secondes: int) -> bool:
        """Whether the form, whose moment is known to be right, was given more than this long ago."""
        try:
            self._signeur.unsign(self.cleaned_data["jeton"], max_age=secondes)
        except signing.SignatureExpired:
            return True
        return False

    def _rajeunir(self) -> None:
        """Give a new moment in place of the one refused, what was written kept."""
        donnees: Any = self.data.copy()  # type: ignore[has-type]
        donnees["jeton"] = self._signeur.sign("")
        self.data = donnees
