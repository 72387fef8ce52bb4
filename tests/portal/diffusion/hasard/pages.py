"""What people do to pages: the short forms, the full editor, the order, the sections, the translations."""

import datetime
import uuid
from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, TaskState

from etablissements.bureau.versions import version_de
from etablissements.registre.models import Etablissement
from sites.models import (
    PageActualite,
    PageDEcole,
    PageEtablissement,
    PageEvenement,
    PageGalerie,
    PageLibre,
    PageRubrique,
    PageServices,
    ReglagesEcole,
)
from sites.models.base import PageDeSection
from sites.models.langues import est_traduit
from sites.sections import MODELES

from . import formulaires as f
from .monde import SECRET, Monde

Touchees = set[str] | None
COULEURS = ("teal", "navy", "olive", "maroon")


def _code(page: Page) -> set[str]:
    return {page.specific.etablissement.gresa}


# -- The short forms --------------------------------------------------------------------------------------------------


def ecrire_une_nouvelle(monde: Monde) -> Touchees:
    """The short form, with a photo or without, by who publishes."""
    ecole = monde.ecole()
    return _court(monde, ecole, "bureau:ecrire_actualite", monde.directeurs[ecole.gresa])


def ecrire_un_evenement(monde: Monde) -> Touchees:
    """The short form of an event: today, soon, or past."""
    ecole = monde.ecole()
    jour = timezone.localdate() + datetime.timedelta(days=monde.hasard.randint(-3, 5))
    champs = {"jour": jour.isoformat(), "heure": "09:00", "lieu": f"قاعة {monde.rang}"}
    return _court(monde, ecole, "bureau:ecrire_evenement", monde.directeurs[ecole.gresa], **champs)


def proposer(monde: Monde) -> Touchees:
    """Who does not publish proposes a text; nothing of it is public."""
    ecole = monde.ecole()
    texte = SECRET if ReglagesEcole.objects.get(etablissement=ecole).moderation_exigee else "نص"
    return _court(monde, ecole, "bureau:ecrire_actualite", monde.redacteurs[ecole.gresa], texte=texte, title="اقتراح")


def _court(monde: Monde, ecole: Etablissement, route: str, qui: Any, **champs: Any) -> Touchees:
    envoi = {
        "jeton": str(uuid.UUID(int=monde.hasard.getrandbits(128))),
        "title": monde.hasard.choice((f"خبر جديد {monde.rang}", f"Portes ouvertes {monde.rang}")),
        "texte": f"نص {monde.rang}",
        **champs,
    }
    if "jour" not in champs and monde.hasard.random() < 0.5:
        envoi |= {"photo": f.photo(monde.hasard.choice(COULEURS)), "image_alt": "ساحة"}
    f.envoyer(f.entrer(qui), route, {"gresa": ecole.gresa.lower()}, envoi)
    return {ecole.gresa}


def corriger(monde: Monde) -> Touchees:
    """The short form of a text that exists."""
    page = monde.page(PageActualite, PageEvenement)
    if page is None:
        return None
    route = "bureau:actualite" if isinstance(page, PageActualite) else "bureau:evenement"
    client = f.entrer(monde.directeur_de(page))
    champs = f.lire_formulaire(client, reverse(route, args=[page.pk]))
    if not champs:
        return None
    f.envoyer(client, route, [page.pk], {**champs, "title": f"عنوان {monde.rang}", "texte": f"نص {monde.rang}"})
    return _code(page)


def decider(monde: Monde) -> Touchees:
    """The director approves a proposal, or sends it back."""
    etat = TaskState.objects.filter(status="in_progress").order_by("pk").first()
    if etat is None:
        return None
    page = etat.workflow_state.content_object
    decision = {"decision": "reject", "commentaire": SECRET}
    if SECRET not in str(page.get_latest_revision().content):
        decision = {"decision": "approve"}
    f.envoyer(
        f.entrer(monde.directeur_de(page)), "bureau:proposition", [etat.pk], {"version": version_de(page), **decision}
    )
    return _code(page)


def proposer_et_approuver(monde: Monde) -> Touchees:
    """A text is proposed, read and approved."""
    ecole = monde.ecole()
    _court(monde, ecole, "bureau:ecrire_actualite", monde.redacteurs[ecole.gresa])
    return decider(monde) or {ecole.gresa}


# -- The full editor --------------------------------------------------------------------------------------------------


def editer(monde: Monde, page: Page, qui: Any, *, publier: bool = True, **changes: Any) -> None:
    """Change a page in the full editor, body included, and publish it unless told otherwise."""
    client = f.entrer(qui)
    adresse = reverse("wagtailadmin_pages:edit", args=[page.pk])
    champs = f.lire_formulaire(client, adresse)
    nom = next((nom for nom in ("corps", "horaires", "presentation", "mot") if hasattr(page, nom)), None)
    if nom:
        champs |= f.corps(nom, _blocs(monde, page))
    champs |= changes
    if publier:
        champs["action-publish"] = "1"
        if SECRET in champs.get("title", ""):  # a draft's: whoever publishes reads it first
            champs["title"] = f"عنوان {monde.rang}"
    reponse = client.post(adresse, champs)
    if reponse.status_code != 302 or reponse["Location"] == reverse("wagtailadmin_home"):
        monde.refuses.append(f"{monde.rang}: {type(page).__name__} {page.pk}")


def _blocs(monde: Monde, page: Page) -> list[tuple[str, Any]]:
    """A body that may name pages, an image and a document: those that whoever writes may choose."""
    choix = Page.objects.filter(depth__gt=2, live=True).order_by("pk")
    if isinstance(page, PageDEcole):
        accueil = PageEtablissement.objects.filter(etablissement=page.etablissement).earliest("pk")
        choix = choix.filter(path__startswith=accueil.path)
    cibles = monde.hasard.sample(list(choix), min(2, choix.count()))
    liens = "".join(f'<p><a linktype="page" id="{cible.pk}">lien</a></p>' for cible in cibles)
    gresa = getattr(getattr(page, "etablissement", None), "gresa", "")
    blocs: list[tuple[str, Any]] = [("texte", f.texte(f"<p>نص {monde.rang}</p>{liens}"))]
    for cible in cibles:
        blocs.append(("appel", {"texte": "Voir", "phrase": "", "lien": {"page": str(cible.pk), "url": ""}}))
    if images := list(get_image_model().objects.filter(proprietaire=gresa).order_by("pk")):
        image = monde.hasard.choice(images)
        blocs.append(("image", {"image": str(image.pk), "alt": "صورة", "legende": "", "credit": "Essais"}))
    if documents := list(get_document_model().objects.filter(proprietaire=gresa).order_by("pk")):
        blocs.append(("document", {"document": str(monde.hasard.choice(documents).pk), "titre": ""}))
    return blocs


def modifier(monde: Monde) -> Touchees:
    """Publish any page again, with another text."""
    page = monde.page()
    if page is None:
        return None
    editer(monde, page, monde.directeur_de(page), title=f"عنوان {monde.rang}", chapo=f"موجز {monde.rang}")
    return _code(page)


def modifier_une_rubrique(monde: Monde) -> Touchees:
    """The same on a section."""
    page = monde.page(*PageDeSection.__subclasses__())
    if page is None:
        return None
    editer(monde, page, monde.directeur_de(page))
    return _code(page)


def remplir_un_panneau(monde: Monde) -> Touchees:
    """A gallery or the clubs, changed at the bottom of the form."""
    page = monde.page(PageGalerie, PageServices)
    if page is None:
        return None
    champ = "photos-0-legende" if isinstance(page, PageGalerie) else "clubs-0-description"
    editer(monde, page, monde.directeur_de(page), **{champ: f"سطر {monde.rang}"})
    return _code(page)


def garder_un_brouillon(monde: Monde) -> Touchees:
    """Write without publishing."""
    page = monde.page()
    if page is None:
        return None
    editer(monde, page, monde.directeur_de(page), publier=False, title=f"{SECRET} {monde.rang}")
    return _code(page)


def renommer(monde: Monde) -> Touchees:
    """Give a text another address."""
    page = monde.page(PageActualite, PageEvenement, PageLibre)
    if page is None:
        return None
    editer(monde, page, monde.directeur_de(page), slug=f"adresse-{monde.rang}")
    return _code(page)


def programmer(monde: Monde) -> Touchees:
    """Say when a text appears, or goes."""
    page = monde.page(PageActualite, PageEvenement, PageLibre)
    if page is None:
        return None
    quand = (timezone.localtime() + datetime.timedelta(hours=monde.hasard.randint(2, 30))).strftime("%Y-%m-%d %H:%M")
    champ = monde.hasard.choice(("go_live_at", "expire_at"))
    autre = "expire_at" if champ == "go_live_at" else "go_live_at"
    editer(monde, page, monde.directeur_de(page), title=f"موعد {monde.rang}", **{champ: quand, autre: ""})
    return _code(page)


def creer_une_page(monde: Monde) -> Touchees:
    """A free page, by the full editor."""
    ecole = monde.ecole()
    accueil = PageEtablissement.objects.filter(etablissement=ecole).earliest("pk")
    client = f.entrer(monde.directeurs[ecole.gresa])
    adresse = reverse("wagtailadmin_pages:add", args=["portail_sites", "pagelibre", accueil.pk])
    champs = f.lire_formulaire(client, adresse)
    champs |= {"title": f"صفحة {monde.rang}", "slug": f"neuve-{monde.rang}", "action-publish": "1"}
    client.post(adresse, champs | f.corps("corps", _blocs(monde, accueil)))
    return {ecole.gresa}


def copier(monde: Monde) -> Touchees:
    """Copy a text, on line at once."""
    page = monde.page(PageActualite, PageEvenement, PageLibre, live=True)
    if page is None or est_traduit(page.slug):
        return None
    champs = {"new_title": f"نسخة {monde.rang}", "new_slug": f"copie-{monde.rang}", "publish_copies": "on"}
    champs["new_parent_page"] = str(page.get_parent().pk)
    f.envoyer(f.entrer(monde.directeur_de(page)), "wagtailadmin_pages:copy", [page.pk], champs)
    return _code(page)


def retablir(monde: Monde) -> Touchees:
    """Publish an older version again."""
    page = monde.page(PageActualite, PageLibre, live=True)
    if page is None or page.revisions.count() < 2:
        return None
    ancienne = page.revisions.order_by("pk").first()
    if SECRET in str(ancienne.content):
        return None
    client = f.entrer(monde.directeur_de(page))
    adresse = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, ancienne.pk])
    champs = f.lire_formulaire(client, adresse)
    champs |= f.corps("corps", _blocs(monde, page)) | {"action-publish": "1", "revision": str(ancienne.pk)}
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), champs)
    return _code(page)


def _bouton(monde: Monde, route: str, page: Page, **champs: Any) -> set[str]:
    codes = _code(page)
    f.envoyer(f.entrer(monde.directeur_de(page)), route, [page.pk], champs)
    return codes


def retirer(monde: Monde) -> Touchees:
    """Withdraw a text or a section."""
    page = monde.page(live=True)
    if page is None:
        return None
    return _bouton(monde, "wagtailadmin_pages:unpublish", page)


def supprimer(monde: Monde) -> Touchees:
    """Delete a text."""
    page = monde.page(PageActualite, PageEvenement, PageLibre)
    return page and _bouton(monde, "wagtailadmin_pages:delete", page)


def supprimer_une_rubrique(monde: Monde) -> Touchees:
    """Delete a section with what is in it."""
    page = monde.page(*PageDeSection.__subclasses__())
    return page and _bouton(monde, "wagtailadmin_pages:delete", page)


def ordonner(monde: Monde) -> Touchees:
    """Put a page elsewhere among its sisters."""
    page = monde.page(PageLibre, PageRubrique, PageActualite)
    if page is None:
        return None
    codes = _code(page)
    client = f.entrer(monde.directeur_de(page))
    place = monde.hasard.randrange(page.get_parent().numchild)
    client.post(f"{reverse('wagtailadmin_pages:set_page_position', args=[page.pk])}?position={place}")
    return codes


def ouvrir_une_rubrique(monde: Monde) -> Touchees:
    """Open a section."""
    ecole = monde.ecole()
    section = monde.hasard.choice(list(MODELES)).value
    client = f.entrer(monde.directeurs[ecole.gresa])
    f.envoyer(client, "bureau:rubriques", {"gresa": ecole.gresa.lower()}, {"section": section})
    return {ecole.gresa}


# -- Translations -----------------------------------------------------------------------------------------------------


def traduire(monde: Monde) -> Touchees:
    """Open a translation, and publish it half of the time."""
    page = monde.page(live=True)
    if page is None or not page.traduisible or est_traduit(page.slug):
        return None
    langue = monde.hasard.choice([code for code in ("ar", "fr", "zgh") if code != page.langue_contenu])
    f.envoyer(f.entrer(monde.directeur_de(page)), "bureau:traduction", [page.pk], {"traduire": langue})
    traduction = page.get_translations().filter(locale__language_code=langue).first()
    if traduction and monde.hasard.random() < 0.7 and SECRET not in traduction.title:
        editer(monde, traduction.specific, monde.directeur_de(page), title=f"{langue} {monde.rang}", chapo="")
    return _code(page)


def tenir_a_jour(monde: Monde) -> Touchees:
    """Say that a translation follows its original."""
    traductions = [page for page in monde.pages(live=True) if est_traduit(page.slug)]
    if not traductions:
        return None
    page = monde.hasard.choice(traductions)
    f.envoyer(f.entrer(monde.directeur_de(page)), "bureau:traduction", [page.pk], {"a_jour": page.langue_contenu})
    return _code(page)
