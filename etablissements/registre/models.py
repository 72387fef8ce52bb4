"""The ministry's map and nomenclatures. Everything here is public."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.socle.texte import normaliser

from .gresa import code_valide
from .noms import nom_public_ar, nom_public_fr, slug_public


class Bilingue(models.Model):
    """Something named in both languages."""

    nom_fr = models.CharField(_("nom en français"), max_length=200)
    nom_ar = models.CharField(_("nom en arabe"), max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.nom

    @property
    def nom(self) -> str:
        """The name in the active language."""
        return self.nom_fr if get_language() == "fr" else self.nom_ar


class Academie(Bilingue):
    """Académie régionale d'éducation et de formation (AREF), keyed by the two-digit HCP region code."""

    code = models.CharField(max_length=2, primary_key=True)
    slug = models.SlugField(unique=True)
    nom_long_fr = models.CharField(max_length=250)
    nom_long_ar = models.CharField(max_length=250)
    libelle_massar = models.CharField(max_length=200, help_text=_("Nom écrit dans les classeurs."))

    class Meta:
        ordering = ("code",)

    @property
    def nom_long(self) -> str:
        """The official long name in the active language."""
        return self.nom_long_fr if get_language() == "fr" else self.nom_long_ar


class Direction(Bilingue):
    """Direction provinciale, keyed by its HCP province code such as `09.581`."""

    code = models.CharField(max_length=8, primary_key=True)
    academie = models.ForeignKey(Academie, on_delete=models.PROTECT, related_name="directions")
    slug = models.SlugField(unique=True)
    nom_long_fr = models.CharField(max_length=250)
    nom_long_ar = models.CharField(max_length=250)
    libelle_massar = models.CharField(max_length=200, help_text=_("Nom écrit dans les classeurs."))

    class Meta:
        ordering = ("code",)

    @property
    def nom_long(self) -> str:
        """The official long name in the active language."""
        return self.nom_long_fr if get_language() == "fr" else self.nom_long_ar


class Commune(Bilingue):
    """Commune or arrondissement, keyed by its HCP code such as `09.581.01.07`."""

    class Genre(models.TextChoices):
        MUNICIPALITE = "municipalite", _("municipalité")
        ARRONDISSEMENT = "arrondissement", _("arrondissement")
        RURALE = "rurale", _("commune rurale")

    code = models.CharField(max_length=16, primary_key=True)
    direction = models.ForeignKey(Direction, on_delete=models.PROTECT, related_name="communes")
    genre = models.CharField(max_length=16, choices=Genre)
    nom_ar_verifie = models.BooleanField(help_text=_("Faux : le nom arabe vient d'une source jugée douteuse."))

    class Meta:
        ordering = ("code",)


class AnneeScolaireQuerySet(models.QuerySet["AnneeScolaire"]):
    """Filters on school years."""

    def au(self, jour: datetime.date) -> "AnneeScolaireQuerySet":
        """Keep the year that holds `jour`."""
        return self.filter(debut__lte=jour, fin__gte=jour)


class AnneeScolaire(models.Model):
    """A school year, from 1 September to 31 August: every day belongs to exactly one."""

    code = models.CharField(max_length=9, primary_key=True, help_text="2025-2026")
    debut = models.DateField()
    fin = models.DateField()

    objects = AnneeScolaireQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        constraints = (models.CheckConstraint(condition=Q(debut__lt=F("fin")), name="annee_dates_en_ordre"),)

    def __str__(self) -> str:
        return self.libelle

    @property
    def libelle(self) -> str:
        """The year as papers and workbooks write it: `2025/2026`."""
        return self.code.replace("-", "/")

    @classmethod
    def courante(cls) -> "AnneeScolaire":
        """The year of today (Casablanca). Raises `DoesNotExist` when the registry does not reach today."""
        return cls.objects.au(timezone.localdate()).get()


class EvenementCalendrier(Bilingue):
    """A holiday, a break or a milestone of a school year."""

    class Genre(models.TextChoices):
        VACANCES = "vacances", _("vacances")
        JOUR_FERIE = "jour_ferie", _("jour férié")
        RENTREE = "rentree", _("rentrée")
        FIN_COURS = "fin_cours", _("fin des cours")

    class Certitude(models.TextChoices):
        PUBLIE = "publie", _("calendrier publié")
        FIXE = "fixe", _("date fixe")
        LUNAIRE = "lunaire", _("selon l'observation de la lune")
        APPROCHE = "approche", _("date approchée")

    annee = models.ForeignKey(AnneeScolaire, on_delete=models.CASCADE, related_name="evenements")
    genre = models.CharField(max_length=12, choices=Genre)
    debut = models.DateField()
    fin = models.DateField()
    certitude = models.CharField(max_length=10, choices=Certitude)

    class Meta:
        ordering = ("debut", "nom_fr")
        constraints = (
            models.CheckConstraint(condition=Q(debut__lte=F("fin")), name="evenement_dates_en_ordre"),
            models.UniqueConstraint(fields=("annee", "nom_fr"), name="evenement_unique_par_annee"),
        )


class Cycle(Bilingue):
    """A teaching cycle. `bareme` is the scale of its marks (10 or 20), empty where there are none."""

    code = models.CharField(max_length=12, primary_key=True)
    ordre = models.PositiveSmallIntegerField()
    bareme = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("ordre",)


class Filiere(Bilingue):
    """A stream of the qualifying cycle, or the general and international paths of the others."""

    code = models.CharField(max_length=24, primary_key=True)

    class Meta:
        ordering = ("code",)


class Niveau(Bilingue):
    """A level, keyed by the code that begins the label of its classes (`1APIC`, `2BACSPF`).

    `equivalent` names the level of which this code is another spelling. The two `libelle_massar` are what workbooks
    write; the names are what a reader expects.
    """

    code = models.CharField(max_length=12, primary_key=True)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="niveaux")
    annee_du_cycle = models.PositiveSmallIntegerField()
    filiere = models.ForeignKey(Filiere, on_delete=models.PROTECT, null=True, blank=True, related_name="niveaux")
    option = models.CharField(max_length=1, blank=True, help_text=_("Langue d'option : F, A ou vide."))
    nefstat = models.CharField(max_length=12, blank=True)
    equivalent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    libelle_massar_fr = models.CharField(max_length=200)
    libelle_massar_ar = models.CharField(max_length=200)
    ordre = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("ordre",)


class Matiere(Bilingue):
    """A subject. `code_massar` is the number that mark sheets carry, empty while unknown."""

    code = models.CharField(max_length=8, primary_key=True)
    nom_massar = models.CharField(max_length=100)
    code_massar = models.CharField(max_length=4, blank=True)
    cycles = models.ManyToManyField(Cycle, related_name="matieres")

    class Meta:
        ordering = ("code",)


def valider_gresa(code: str) -> None:
    """Raise `ValidationError` unless `code` is a GRESA code with the right check letter."""
    if not code_valide(code):
        raise ValidationError(_("Code GRESA invalide : cinq chiffres et la lettre de contrôle."))


class EtablissementQuerySet(models.QuerySet["Etablissement"]):
    """Filters on schools."""

    def autonomes(self) -> "EtablissementQuerySet":
        """Keep the schools that have a site of their own: satellites and annexes appear on their school's."""
        return self.filter(rattachement=None, ouvert=True)

    def chercher(self, texte: str) -> "EtablissementQuerySet":
        """Keep the schools whose name, code or commune holds every word of `texte`, in either script."""
        resultat = self
        for mot in normaliser(texte).split():
            resultat = resultat.filter(index_recherche__contains=mot)
        return resultat


class Etablissement(Bilingue):
    """A public school, or a unit (satellite, annexe) of one.

    `nom_fr` and `nom_ar` are the registry's own spelling (`SS IDRISS II`, `م.م ادريس الثاني`);
    `nom_public` writes the abbreviations out.
    """

    class Type(models.TextChoices):
        ECOLE = "ecole", _("école autonome")
        SECTEUR = "secteur", _("secteur scolaire")
        COMMUNAUTAIRE = "communautaire", _("école communautaire")
        SATELLITE = "satellite", _("école satellite")
        ANNEXE = "annexe", _("annexe")
        COLLEGE = "college", _("lycée collégial")
        LYCEE = "lycee", _("lycée qualifiant")

    gresa = models.CharField(max_length=6, unique=True, validators=[valider_gresa])
    type = models.CharField(max_length=14, choices=Type)
    cycles = models.ManyToManyField(Cycle, related_name="etablissements")
    cycle_principal = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="+")
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, related_name="etablissements")
    direction = models.ForeignKey(Direction, on_delete=models.PROTECT, related_name="etablissements")
    rattachement = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="unites")
    adresse_fr = models.CharField(max_length=250, blank=True)
    adresse_ar = models.CharField(max_length=250, blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    courriel = models.EmailField(blank=True)
    ouvert = models.BooleanField(default=True)
    ferme_le = models.DateField(null=True, blank=True, help_text=_("Jour de la fermeture, quand le registre le dit."))
    successeur = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="predecesseurs",
        help_text=_("L'école qui a repris celle-ci, fermée ou fusionnée."),
    )
    source = models.CharField(max_length=200, help_text=_("D'où viennent ces faits."))
    releve_le = models.DateField(help_text=_("Date de ces faits."))
    index_recherche = models.TextField(editable=False)

    objects = EtablissementQuerySet.as_manager()

    class Meta:
        ordering = ("gresa",)
        constraints = (
            models.CheckConstraint(
                condition=Q(gresa__regex=r"^[0-9]{5}[A-HJ-NPR-Z]\Z"), name="etablissement_gresa_forme"
            ),
            models.CheckConstraint(
                condition=Q(rattachement=None) | ~Q(rattachement=F("pk")), name="etablissement_pas_sa_propre_annexe"
            ),
            models.CheckConstraint(
                condition=Q(successeur=None) | (~Q(successeur=F("pk")) & Q(ouvert=False)),
                name="etablissement_succede_si_ferme",
            ),
            models.CheckConstraint(
                condition=Q(ferme_le=None) | Q(ouvert=False), name="etablissement_ferme_le_si_ferme"
            ),
            models.CheckConstraint(
                condition=Q(rattachement__isnull=False) | ~Q(type__in=["satellite", "annexe"]),
                name="etablissement_unite_rattachee",
            ),
        )

    @property
    def nom_public_fr(self) -> str:
        """The French name as a reader expects it."""
        return nom_public_fr(self.nom_fr)

    @property
    def nom_public_ar(self) -> str:
        """The Arabic name as a reader expects it."""
        return nom_public_ar(self.nom_ar)

    @property
    def nom_public(self) -> str:
        """The name as a reader expects it, in the active language."""
        return self.nom_public_fr if get_language() == "fr" else self.nom_public_ar

    @property
    def adresse(self) -> str:
        """Where it is, in the active language, or in the other when only that one is known."""
        if get_language() == "fr":
            return self.adresse_fr or self.adresse_ar
        return self.adresse_ar or self.adresse_fr

    @property
    def slug_public(self) -> str:
        """What names the school in its address: its code, then its French name."""
        return slug_public(self.gresa, self.nom_fr)

    def get_type_display(self) -> str:
        """Return what the type is called. Django's own reads every choice at each call."""
        return str(self.Type(self.type).label)


class Dotation(models.Model):
    """One thing a school has or has not: equipment, service or room count. No row means unknown."""

    class Genre(models.TextChoices):
        EAU = "eau", _("eau potable")
        ELECTRICITE = "electricite", _("électricité")
        ASSAINISSEMENT = "assainissement", _("assainissement")
        CLOTURE = "cloture", _("clôture")
        BIBLIOTHEQUE = "bibliotheque", _("bibliothèque")
        LABORATOIRE = "laboratoire", _("laboratoires")
        INFORMATIQUE = "informatique", _("salle informatique")
        SPORT = "sport", _("terrain de sport")
        SALLES = "salles", _("salles de classe")
        CANTINE = "cantine", _("cantine")
        INTERNAT = "internat", _("internat")
        TRANSPORT = "transport", _("transport scolaire")

    SERVICES = frozenset({Genre.CANTINE, Genre.INTERNAT, Genre.TRANSPORT})

    etablissement = models.ForeignKey(Etablissement, on_delete=models.CASCADE, related_name="dotations")
    genre = models.CharField(max_length=14, choices=Genre)
    nombre = models.PositiveIntegerField(help_text=_("0 : il n'y en a pas."))
    source = models.CharField(max_length=200)
    releve_le = models.DateField()

    class Meta:
        ordering = ("etablissement", "genre")
        constraints = (models.UniqueConstraint(fields=("etablissement", "genre"), name="dotation_unique"),)

    def __str__(self) -> str:
        return self.get_genre_display()

    def get_genre_display(self) -> str:
        """Return what the kind is called. Django's own reads every choice at each call."""
        return str(self.Genre(self.genre).label)
