"""The short forms: what a news item or an event cannot do without."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from django import forms
from django.conf import settings
from django.core.files import File
from django.core.files.images import ImageFile
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.models import Locale, Page, UploadedFile

from portal.comptes.models import Utilisateur
from portal.socle.formulaires import ChampEntier, ChampTexte
from portal.socle.televersements.formulaires import ChampFichierImage
from portal.socle.televersements.saisie import SaisieDeFichier
from portal.socle.texte import sans_controle
from sites.models import PageActualite, PageEvenement

from .depots import retrouver
from .texte import en_corps, en_texte, langue_de

TITRE_MAX = Page._meta.get_field("title").max_length
TEXTE_MAX = 20_000
# Named one by one, so that a telephone converts to one of them; `image/*` would let it send its own format.
FORMATS = ",".join(f"image/{extension}" for extension in settings.WAGTAILIMAGES_EXTENSIONS if extension != "jpg")


class FormulaireCourt(forms.ModelForm):
    """A title and a text, for a page that does not exist yet or is being changed.

    Attributes:
        depot: the photo left by an earlier try, if any.
    """

    depot: UploadedFile | None = None

    title = ChampTexte(label=_("Titre"), max_length=TITRE_MAX)
    texte = ChampEntier(
        label=_("Texte"),
        required=False,
        max_length=TEXTE_MAX,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Une ligne vide sépare deux paragraphes."),
    )

    def __init__(self, *args: Any, utilisateur: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._utilisateur = utilisateur
        self.initial["texte"] = en_texte(self.instance.corps)

    def clean_texte(self) -> str:
        """Leave out what a word processor hides in a text that is pasted."""
        return sans_controle(self.cleaned_data["texte"])

    def dit_la_meme_chose(self, page: Page) -> bool:
        """Whether saving this valid form on `page` would change nothing, blanks and the very file of a photo apart."""
        champs = all(getattr(page, nom) == self.cleaned_data[nom] for nom in self._meta.fields)
        texte = (en_texte(page.corps) or "").split() == self.cleaned_data["texte"].split()
        return champs and texte and self.a_une_photo == bool(getattr(page, "image_id", None))

    def sur(self, page: Page) -> Self:
        """Return this valid form, filled as it is, on a page that exists."""
        for fichier in self.files.values():
            fichier.seek(0)
        repris = type(self)(self.data, self.files, instance=page, utilisateur=self._utilisateur)
        if not repris.is_valid():
            raise ValueError(repris.errors.as_json())
        return repris

    @property
    def a_une_photo(self) -> bool:
        """Whether there is a new photo to save."""
        return False

    def save(self, commit: bool = True) -> Page:
        """Put the text in the page's body, and a new page in the language of its text."""
        texte = self.cleaned_data["texte"]
        self.instance.corps = en_corps(texte)
        if not self.instance.pk:
            langue = langue_de(f"{self.instance.title} {texte}")
            self.instance.locale = Locale.objects.get(language_code=langue)
        return super().save(commit=commit)


class FormulaireEvenement(FormulaireCourt):
    """An event: what, when, where."""

    field_order = ("title", "jour", "heure", "lieu", "texte")

    class Meta:
        model = PageEvenement
        fields = ("title", "jour", "heure", "lieu")
        field_classes = {"lieu": ChampEntier}
        widgets = {
            "jour": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "heure": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        }
        help_texts = {"heure": ""}


class FormulaireActualite(FormulaireCourt):
    """A news item, with a photo and what is to be seen on it.

    A photo that was found good is not asked for again when another field is wrong: `depot` says where it waits.
    """

    photo = ChampFichierImage(
        label=_("Photo"),
        required=False,
        widget=SaisieDeFichier({"accept": FORMATS}, bouton=_("Choisir une photo")),
    )
    sans_photo = forms.BooleanField(label=_("Enlever cette photo"), required=False)
    depot_photo = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ("title", "texte", "photo", "sans_photo", "image_alt")

    class Meta:
        model = PageActualite
        fields = ("title", "image_alt")
        field_classes = {"image_alt": ChampEntier}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photo"].help_text = _("Depuis l'appareil photo ou la galerie du téléphone.")
        self.fields["image_alt"].label = _("Que voit-on sur la photo ?")
        self.fields["image_alt"].help_text = _("Quelques mots pour qui ne voit pas la photo.")

    def clean(self) -> dict[str, Any]:
        """Find the photo left by an earlier try, and ask what is to be seen on a photo."""
        donnees = super().clean() or self.cleaned_data
        if not donnees.get("photo") and not donnees.get("sans_photo") and "photo" not in self.errors:
            self.depot = retrouver(utilisateur=self._utilisateur, cle=donnees.get("depot_photo", ""))
        garde = self.instance.image_id and not donnees.get("sans_photo")
        if donnees.get("photo") or self.depot or garde:
            if not donnees.get("image_alt") and "image_alt" not in self.errors:
                self.add_error("image_alt", _("Dites en quelques mots ce que l'on voit sur la photo."))
        else:
            self.instance.image = None
            donnees["image_alt"] = ""
        return donnees

    @property
    def a_une_photo(self) -> bool:
        """Whether there is a new photo, just sent or left by an earlier try."""
        return bool(self.cleaned_data.get("photo") or self.depot)

    @contextmanager
    def nouvelle_photo(self) -> Iterator[File]:
        """Open the new photo."""
        if envoyee := self.cleaned_data.get("photo"):
            envoyee.seek(0)
            yield envoyee
        elif self.depot:
            with self.depot.file.open() as source:
                yield ImageFile(source, self.depot.file.name)

    def formulaire_d_image(self, fichier: File, collection_id: int) -> forms.ModelForm:
        """Return Wagtail's own form for the new photo, so that all its rules hold."""
        modele, auteur = get_image_model(), self._utilisateur
        titre = self.cleaned_data["image_alt"]
        donnees = {"title": titre, "description": titre, "collection": collection_id}
        image = modele(uploaded_by_user=auteur, proprietaire=self.instance.etablissement.gresa)
        return get_image_form(modele)(donnees, {"file": fichier}, instance=image, user=auteur)
