"""Photos kept aside while the rest of a form is being corrected: a browser never sends a file field back."""

import base64
import datetime
import io
import uuid
from pathlib import PurePath

from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import UploadedFile as FichierEnvoye
from django.db.models import QuerySet
from django.utils import timezone
from PIL import Image, ImageOps
from wagtail.images import get_image_model
from wagtail.models import UploadedFile

from portal.comptes.models import Utilisateur

# Forms that one person may be correcting at the same time; the oldest photo makes room.
DEPOTS_PAR_PERSONNE = 5
CONSERVATION = datetime.timedelta(days=1)
COTE_VIGNETTE = 480


def deposer(*, utilisateur: Utilisateur, fichier: FichierEnvoye) -> UploadedFile:
    """Keep a photo that was found good, under a name that nobody can guess."""
    fichier.seek(0)
    depot = UploadedFile(for_content_type=ContentType.objects.get_for_model(get_image_model()))
    depot.uploaded_by_user = utilisateur
    depot.file.save(f"{uuid.uuid4().hex}{PurePath(fichier.name or '').suffix.lower()}", fichier)
    for ancien in _de(utilisateur).order_by("-pk")[DEPOTS_PAR_PERSONNE:]:
        retirer(ancien)
    return depot


def retrouver(*, utilisateur: Utilisateur, cle: str) -> UploadedFile | None:
    """Return the photo that this person left under this key, None when there is none or it is somebody else's."""
    return _de(utilisateur).filter(pk=cle).first() if cle.isascii() and cle.isdigit() and len(cle) < 19 else None


def retirer(depot: UploadedFile) -> None:
    """Forget a photo and its file."""
    depot.file.delete(save=False)
    depot.delete()


def purger_depots(*, maintenant: datetime.datetime | None = None) -> int:
    """Forget the files that a form left aside more than a day ago; return how many.

    Those of Wagtail's own multiple uploads are among them. The table has no date: the file has.
    """
    limite = (maintenant or timezone.now()) - CONSERVATION
    anciens = [depot for depot in UploadedFile.objects.all() if _date(depot) < limite]
    for depot in anciens:
        retirer(depot)
    return len(anciens)


def vignette(depot: UploadedFile) -> str:
    """Return the photo, small, as a `data:` address: it is nobody else's, so it has no address of its own."""
    with depot.file.open("rb") as source, Image.open(source) as image:
        image.draft("RGB", (COTE_VIGNETTE, COTE_VIGNETTE))
        petite = ImageOps.exif_transpose(image).convert("RGB")
    petite.thumbnail((COTE_VIGNETTE, COTE_VIGNETTE))
    sortie = io.BytesIO()
    petite.save(sortie, "JPEG", quality=70)
    return f"data:image/jpeg;base64,{base64.b64encode(sortie.getvalue()).decode('ascii')}"


def _de(utilisateur: Utilisateur) -> QuerySet[UploadedFile]:
    type_image = ContentType.objects.get_for_model(get_image_model())
    return UploadedFile.objects.filter(uploaded_by_user=utilisateur, for_content_type=type_image)


def _date(depot: UploadedFile) -> datetime.datetime:
    """Return when the file was written; long ago when it is not there."""
    try:
        return depot.file.storage.get_modified_time(depot.file.name)
    except FileNotFoundError:
        return datetime.datetime.min.replace(tzinfo=datetime.UTC)
