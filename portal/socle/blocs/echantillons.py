"""One example of every block in each language, for the pattern library and the tests. People are invented."""

from dataclasses import dataclass
from typing import Any

from .donnees import JOURS


@dataclass(frozen=True)
class Bibliotheque:
    """What the examples show, by primary key: an image, a document, a page of the portal."""

    image: int
    document: int
    page: int


ARABE = {
    "texte": (
        "<h3>الدخول المدرسي</h3><p>تستقبل المؤسسة تلامذتها يوم <b>الاثنين 7 شتنبر</b>، ابتداء من الساعة "
        '<a linktype="page" id="{page}">الثامنة صباحا</a>.</p>'
        "<ul><li>إحضار الدفتر الصحي؛</li><li>إحضار صورتين.</li></ul>"
    ),
    "alt": "ساحة المؤسسة وأشجار الزيتون",
    "legende": "الساحة بعد إعادة التهيئة.",
    "credit": "تصوير: المؤسسة",
    "document": "لائحة اللوازم المدرسية",
    "galerie": "يوم الأبواب المفتوحة",
    "video": "زيارة المختبر الجديد",
    "resume": "جولة من ثلاث دقائق في المختبر، مع شرح أستاذة علوم الحياة والأرض.",
    "avis": ("info", "توقيت رمضان", "<p>تبدأ الحصص على الساعة التاسعة.</p>"),
    "alerte": ("error", "إغلاق المؤسسة غدا", "<p>بسبب سوء الأحوال الجوية، تعلق الدراسة يوم الخميس.</p>"),
    "appel": ("سجل ابنك", "يفتح باب التسجيل إلى غاية 30 أبريل."),
    "citation": ("القراءة مفتاح كل المواد.", "أستاذة اللغة العربية"),
    "chiffres": ("المؤسسة بالأرقام", (("412", "تلميذا وتلميذة"), ("18", "قسما"), ("96 %", "نسبة النجاح"))),
    "source": "المصدر: المؤسسة، شتنبر 2026",
    "tableau": ("مواعيد الفروض", "القسم\tالتاريخ\tالمعامل\nالأولى\t12 أكتوبر\t2\nالثانية\t14 أكتوبر\t3"),
    "horaires": ("القسم 1APIC-1", ("الرياضيات", "اللغة العربية", "اللغة الفرنسية")),
    "personnel": (
        "فريق الإدارة",
        (("سلمى المثال", "مديرة", "تستقبل يوم الأربعاء من 10 إلى 12"), ("كريم نموذج", "حارس عام", "")),
    ),
}
FRANCAIS = {
    "texte": (
        "<h3>Rentrée scolaire</h3><p>L'établissement accueille ses élèves le <b>lundi 7 septembre</b> à partir de "
        '<a linktype="page" id="{page}">huit heures</a>.</p><ul><li>Apporter le carnet de santé ;</li>'
        "<li>apporter deux photos.</li></ul>"
    ),
    "alt": "La cour de l'établissement et ses oliviers",
    "legende": "La cour après les travaux.",
    "credit": "Photo : l'établissement",
    "document": "Liste des fournitures",
    "galerie": "Journée portes ouvertes",
    "video": "Visite du nouveau laboratoire",
    "resume": "Trois minutes dans le laboratoire, avec la professeure de sciences de la vie et de la Terre.",
    "avis": ("info", "Horaires du ramadan", "<p>Les cours commencent à neuf heures.</p>"),
    "alerte": ("error", "Établissement fermé demain", "<p>Les cours de jeudi sont suspendus : intempéries.</p>"),
    "appel": ("Inscrire son enfant", "Les inscriptions sont ouvertes jusqu'au 30 avril."),
    "citation": ("La lecture ouvre toutes les matières.", "Une professeure d'arabe"),
    "chiffres": ("L'établissement en chiffres", (("412", "élèves"), ("18", "classes"), ("96 %", "de réussite"))),
    "source": "Source : l'établissement, septembre 2026",
    "tableau": ("Dates des devoirs", "Niveau\tDate\tCoefficient\nPremière\t12 octobre\t2\nDeuxième\t14 octobre\t3"),
    "horaires": ("Classe 1APIC-1", ("Mathématiques", "Arabe", "Français")),
    "personnel": (
        "L'équipe",
        (
            ("Salma Exemple", "Directrice", "Reçoit le mercredi de 10 h à 12 h"),
            ("Karim Modèle", "Surveillant général", ""),
        ),
    ),
}
ADRESSE_VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def echantillon(langue: str, bibliotheque: Bibliotheque) -> list[dict[str, Any]]:
    """Return a body with every block, as it is stored, in Arabic or in French."""
    mots: dict[str, Any] = ARABE if langue == "ar" else FRANCAIS
    image = {
        "image": bibliotheque.image,
        "alt": mots["alt"],
        "legende": mots["legende"],
        "credit": mots["credit"],
    }
    avis = [dict(zip(("niveau", "titre", "texte"), mots[nom], strict=True)) for nom in ("avis", "alerte")]
    texte, phrase = mots["appel"]
    titre_horaires, matieres = mots["horaires"]
    heures = (("08:00", "10:00"), ("10:00", "12:00"))
    seances = [
        {"jour": jour, "debut": debut, "fin": fin, "intitule": matieres[(rang + tour) % len(matieres)]}
        for rang, (jour, _nom) in enumerate(JOURS[:3])
        for tour, (debut, fin) in enumerate(heures)
    ]
    titre_equipe, equipe = mots["personnel"]
    personnes = [
        {"nom": nom, "fonction": fonction, "photo": None if rang else bibliotheque.image, "precision": precision}
        for rang, (nom, fonction, precision) in enumerate(equipe)
    ]
    valeurs: list[tuple[str, Any]] = [
        ("texte", mots["texte"].format(page=bibliotheque.page)),
        ("image", image),
        ("document", {"document": bibliotheque.document, "titre": mots["document"]}),
        ("galerie", {"titre": mots["galerie"], "images": _liste([image] * 3)}),
        ("video", {"adresse": ADRESSE_VIDEO, "titre": mots["video"], "resume": mots["resume"]}),
        ("avis", avis[0]),
        ("avis", avis[1]),
        ("appel", {"texte": texte, "phrase": phrase, "lien": {"page": bibliotheque.page, "url": ""}}),
        ("citation", dict(zip(("texte", "auteur"), mots["citation"], strict=True))),
        (
            "chiffres",
            {
                "titre": mots["chiffres"][0],
                "chiffres": _liste([{"valeur": valeur, "libelle": libelle} for valeur, libelle in mots["chiffres"][1]]),
                "source": mots["source"],
            },
        ),
        (
            "tableau",
            {
                "titre": mots["tableau"][0],
                "contenu": mots["tableau"][1],
                "premiere_ligne": True,
                "premiere_colonne": True,
            },
        ),
        ("horaires", {"titre": titre_horaires, "seances": _liste(seances)}),
        ("personnel", {"titre": titre_equipe, "personnes": _liste(personnes)}),
    ]
    return [{"type": genre, "value": valeur} for genre, valeur in valeurs]


def _liste(valeurs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"type": "item", "id": f"exemple-{rang}", "value": valeur} for rang, valeur in enumerate(valeurs)]
