"""Images by every door of the library: what is refused, what is kept of what is accepted."""

import gc
import html
import io
import tracemalloc
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from PIL import Image, ImageDraw
from wagtail.images.forms import get_image_form

from portal.socle.models import ImagePortail
from portal.socle.televersements.images import COTE_MAXIMUM, assainir
from tests.fabriques import creer_utilisateur
from tests.fabriques.mediatheque import creer_image

pytestmark = [
    pytest.mark.django_db,
    # Wagtail 8.0 leaves to the garbage collector the temporary file of a rendition, and the original that it hashed.
    pytest.mark.filterwarnings("ignore:Exception ignored in:pytest.PytestUnraisableExceptionWarning"),
]
PAGE = b"<html><script>alert(document.domain)</script></html>"
LIEU = 0x8825  # EXIF: where the photo was taken


@pytest.fixture(autouse=True)
def medias(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True, scope="module")
def ramasser() -> Iterator[None]:
    """Collect here, once, what these tests leave open."""
    yield
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def dessin(genre: str = "PNG", taille: tuple[int, int] = (640, 480), **options: object) -> bytes:
    sortie = io.BytesIO()
    image = Image.new("RGB", taille, "white")
    ImageDraw.Draw(image).rectangle((0, 0, taille[0] // 2, taille[1] // 2), fill="navy")
    image.save(sortie, genre, **options)
    return sortie.getvalue()


def photo(taille: tuple[int, int] = (640, 480)) -> bytes:
    """A JPEG as a telephone makes it: on its side, with the place, a comment and a date."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x0132] = "2026:09:07 08:00:00"
    exif.get_ifd(LIEU).update({1: "N", 2: (29.0, 41.0, 51.0), 3: "W", 4: (9.0, 43.0, 55.0)})
    return dessin("JPEG", taille, exif=exif, comment=b"secret-comment")


def photo_de_portrait() -> bytes:
    """A JPEG followed by another, as many telephones write: Pillow calls it MPO."""
    sortie = io.BytesIO()
    vues = [Image.new("RGB", (640, 480), couleur) for couleur in ("navy", "white")]
    vues[0].save(sortie, "MPO", save_all=True, append_images=vues[1:])
    return sortie.getvalue()


def archive() -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as sac:
        sac.writestr("page.html", PAGE)
    return sortie.getvalue()


def bombe(cote: int = 11_270) -> bytes:
    """A PNG of 127 million points in some kilobytes: one bit a point, all equal."""

    def morceau(nom: bytes, contenu: bytes) -> bytes:
        return len(contenu).to_bytes(4, "big") + nom + contenu + zlib.crc32(nom + contenu).to_bytes(4, "big")

    entete = cote.to_bytes(4, "big") * 2 + bytes([1, 0, 0, 0, 0])
    lignes = zlib.compress((b"\0" + b"\0" * ((cote + 7) // 8)) * cote, 9)
    return b"\x89PNG\r\n\x1a\n" + morceau(b"IHDR", entete) + morceau(b"IDAT", lignes) + morceau(b"IEND", b"")


def texte_de(reponse: HttpResponse) -> str:
    """What an answer says, whether a page or a page inside JSON."""
    if reponse["Content-Type"] == "application/json":
        return html.unescape(" ".join(map(str, reponse.json().values())))
    return html.unescape(reponse.content.decode())


class Portes:
    """The doors of the library, each giving what it answers: the image made, or the reason of the refusal."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.client.force_login(creer_utilisateur(is_superuser=True, is_staff=True))

    def _rendre(self, avant: set[int], reponse) -> ImagePortail | str:
        nouvelle = ImagePortail.objects.exclude(pk__in=avant).first()
        return nouvelle or texte_de(reponse)

    def ajouter(self, fichier: SimpleUploadedFile) -> ImagePortail | str:
        avant = set(ImagePortail.objects.values_list("pk", flat=True))
        donnees = {"title": "essai", "file": fichier, "collection": 1, "tags": "", "credit": ""}
        return self._rendre(avant, self.client.post("/fr/gestion/images/add/", donnees))

    def plusieurs(self, fichier: SimpleUploadedFile) -> ImagePortail | str:
        avant = set(ImagePortail.objects.values_list("pk", flat=True))
        reponse = self.client.post(
            "/fr/gestion/images/multiple/add/", {"title": "essai", "files[]": fichier, "collection": 1}
        )
        if reponse.json()["success"]:
            return self._rendre(avant, reponse)
        return reponse.json()["error_message"]

    def choisir(self, fichier: SimpleUploadedFile) -> ImagePortail | str:
        avant = set(ImagePortail.objects.values_list("pk", flat=True))
        prefixe = "image-chooser-upload"
        donnees = {f"{prefixe}-title": "essai", f"{prefixe}-file": fichier, f"{prefixe}-collection": 1}
        donnees |= {f"{prefixe}-tags": "", f"{prefixe}-credit": ""}
        return self._rendre(avant, self.client.post("/fr/gestion/images/chooser/create/", donnees))

    def modifier(self, fichier: SimpleUploadedFile) -> ImagePortail | str:
        image = creer_image()
        ancien = image.file.name
        donnees = {"title": "essai", "file": fichier, "collection": 1, "tags": "", "credit": ""}
        reponse = self.client.post(f"/fr/gestion/images/{image.pk}/", donnees)
        image = ImagePortail.objects.get(pk=image.pk)
        return texte_de(reponse) if image.file.name == ancien else image

    def plus_tard(self, fichier: SimpleUploadedFile) -> ImagePortail | str:
        """The file is fine, another field is not: Wagtail sets it aside, and takes it up as it came."""
        reponse = self.client.post(
            "/fr/gestion/images/multiple/add/", {"title": "x" * 300, "files[]": fichier, "collection": 1}
        ).json()
        if not reponse["success"]:
            return reponse["error_message"]
        cle = reponse["uploaded_file_id"]
        prefixe = f"uploaded-image-{cle}"
        donnees = {
            f"{prefixe}-title": "essai",
            f"{prefixe}-collection": 1,
            f"{prefixe}-tags": "",
            f"{prefixe}-credit": "",
        }
        fini = self.client.post(f"/fr/gestion/images/multiple/create_from_uploaded_image/{cle}/", donnees)
        return ImagePortail.objects.get(pk=fini.json()["image_id"])


PORTES = ["ajouter", "plusieurs", "choisir", "modifier", "plus_tard"]


@pytest.fixture(params=PORTES)
def deposer(request, client: Client) -> Callable[[str, bytes], ImagePortail | str]:
    portes = Portes(client)
    return lambda nom, contenu: getattr(portes, request.param)(
        SimpleUploadedFile(nom, contenu, content_type="application/octet-stream")
    )


@pytest.mark.parametrize(
    ("nom", "contenu", "motif"),
    [
        ("bombe.png", bombe(), "trop de points"),
        ("dessin.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "pas accepté"),
        ("dessin.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "image lisible"),
        ("page.jpg", PAGE, "image lisible"),
        ("lourde.jpg", dessin("JPEG") + b"\0" * (16 * 1024 * 1024), "trop lourde"),
        ("autre.jpg", dessin("PNG"), "autre genre"),
        ("coupee.jpg", dessin("JPEG")[:600], "image lisible"),
        ("coupee.png", dessin("PNG")[:200], "image lisible"),
        ("anime.gif", dessin("GIF"), "pas accepté"),
        ("vide.png", b"\x89PNG\r\n\x1a\n", "image lisible"),
    ],
)
def test_ce_qui_n_est_pas_une_image_est_refuse_avec_sa_raison(deposer, nom: str, contenu: bytes, motif: str) -> None:
    refus = deposer(nom, contenu)
    assert isinstance(refus, str)
    assert motif in refus


def octets(image: ImagePortail) -> bytes:
    return Path(image.file.path).read_bytes()


@pytest.mark.parametrize("suite", [PAGE, archive(), b"#!/bin/sh\nrm -rf"], ids=["page", "archive", "script"])
@pytest.mark.parametrize(("nom", "contenu"), [("a.png", dessin("PNG")), ("a.jpg", photo()), ("a.webp", dessin("WEBP"))])
def test_un_fichier_double_ne_garde_que_son_image(deposer, nom: str, contenu: bytes, suite: bytes) -> None:
    image = deposer(nom, contenu + suite)
    assert isinstance(image, ImagePortail), image
    garde = octets(image)
    assert suite not in garde
    assert b"<script>" not in garde
    assert not zipfile.is_zipfile(io.BytesIO(garde))
    with Image.open(io.BytesIO(garde)) as relue:
        assert relue.size == (image.width, image.height)


def test_le_lieu_et_la_date_de_la_photo_ne_sont_pas_gardes(deposer) -> None:
    image = deposer("photo.jpg", photo())
    assert isinstance(image, ImagePortail), image
    rendition = image.get_rendition("width-200")
    for chemin in (image.file.path, rendition.file.path):
        contenu = Path(chemin).read_bytes()
        assert b"secret-comment" not in contenu
        assert b"Exif" not in contenu
        assert b"2026:09:07" not in contenu
        with Image.open(chemin) as relue:
            assert dict(relue.getexif()) == {}
    assert (image.width, image.height) == (480, 640), "upright, as its orientation said"
    with Image.open(image.file.path) as relue:
        assert relue.getpixel((470, 10))[2] > 100
        assert relue.getpixel((470, 10))[0] < 60, "the dark corner turned with the photo"


def test_la_premiere_vue_d_une_photo_a_plusieurs_vues_est_gardee(deposer) -> None:
    image = deposer("portrait.jpg", photo_de_portrait())
    assert isinstance(image, ImagePortail), image
    with Image.open(image.file.path) as relue:
        assert (relue.format, relue.size) == ("JPEG", (640, 480))
        assert relue.getpixel((9, 9))[0] < 60


def test_une_photo_de_telephone_passe_et_maigrit(client: Client) -> None:
    """12 million points, 8 MB, over what is kept in memory: accepted, and reduced to what a screen shows."""
    bruit = Image.effect_noise((4000, 3000), 90).convert("RGB")
    sortie = io.BytesIO()
    bruit.save(sortie, "JPEG", quality=88)
    contenu = sortie.getvalue()
    assert len(contenu) > 7 * 1024 * 1024
    image = Portes(client).choisir(SimpleUploadedFile("photo.jpg", contenu, content_type="image/jpeg"))
    assert isinstance(image, ImagePortail), image
    assert max(image.width, image.height) <= COTE_MAXIMUM
    assert image.file_size == len(octets(image)) < len(contenu) / 2


def test_la_bombe_est_refusee_avant_d_etre_decodee() -> None:
    contenu = bombe()
    assert len(contenu) < 40_000
    tracemalloc.start()
    debut = memoire()
    with override("ar"), pytest.raises(ValidationError, match="24"):
        assainir(ContentFile(contenu), "bombe.png")
    formulaire = get_image_form(ImagePortail)(
        {"title": "x", "collection": 1, "tags": "", "credit": ""}, {"file": SimpleUploadedFile("b.png", contenu)}
    )
    assert "file" in formulaire.errors
    _courant, sommet = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sommet < 5_000_000
    assert memoire() - debut < 50_000_000


def memoire() -> int:
    """Peak memory of this process, in bytes: what native code takes is in it."""
    (ligne,) = [ligne for ligne in Path("/proc/self/status").read_text().splitlines() if ligne.startswith("VmHWM")]
    return int(ligne.split()[1]) * 1024


def test_le_modele_redessine_aussi_ce_qu_aucun_formulaire_n_a_vu() -> None:
    image = ImagePortail.objects.create(title="x", file=ContentFile(photo((3000, 2000)) + PAGE, "photo.jpg"))
    assert PAGE not in octets(image)
    image.refresh_from_db()
    with Image.open(image.file.path) as relue:
        assert relue.size == (image.width, image.height)
        assert max(relue.size) == COTE_MAXIMUM


def test_une_image_transparente_le_reste() -> None:
    sortie = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(sortie, "PNG")
    with Image.open(io.BytesIO(assainir(ContentFile(sortie.getvalue()), "logo.png").read())) as relue:
        assert relue.mode == "RGBA"
        assert relue.getpixel((1, 1))[3] == 0


# -- The button of the form ---------------------------------------------------


@pytest.mark.parametrize(("langue", "bouton"), [("ar", "اختيار ملف"), ("fr", "Choisir un fichier")])
@pytest.mark.parametrize("route", ["wagtailimages:add", "wagtaildocs:add"])
def test_le_bouton_du_fichier_parle_la_langue_de_la_page(route: str, langue: str, bouton: str, client: Client) -> None:
    client.force_login(creer_utilisateur(is_superuser=True))
    with override(langue):
        page = client.get(reverse(route)).content.decode()
    assert f'<label class="fichier__bouton" for="id_file">{bouton}</label>' in page
    assert '<output class="fichier__choisi" for="id_file">' in page
    assert "socle/fichier" in page
