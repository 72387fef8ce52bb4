"""The whole configuration, driven by the environment (`docs/configuration.md` lists every variable)."""

from pathlib import Path
from typing import Any

import environ
from django.conf.locale import LANG_INFO

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()

# -- Where the portal writes -------------------------------------------------
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)  # the embedded database holds every pupil
MEDIA_ROOT = VAR_DIR / "medias"
MEDIA_URL = "/medias/"
SERVIR_MEDIAS = env.bool("SERVIR_MEDIAS", default=False)  # a proxy serves them in production
DOCUMENTS_DIR = VAR_DIR / "documents"  # issued papers: private, never under MEDIA_ROOT
BORDEREAUX_DIR = VAR_DIR / "bordereaux"  # activation slips waiting for the printer
# Published copies, read by the proxy too; empty: none is kept.
DIFFUSION_DIR = env.str("DIFFUSION_DIR", default=str(VAR_DIR / "publie"))
AUTORITE_DIR = VAR_DIR / "autorite"  # development certification authority

# -- Identity of the deployment ----------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
# The portal's own hosts. Those of schools are in the database: `sites.hotes.middleware` judges them all, first of the
# middlewares, and Django's own list is therefore open.
HOTES_PRINCIPAUX = env.list("ALLOWED_HOSTS", default=[])
ALLOWED_HOSTS = ["*"]
# Domain under which each school answers at `<gresa>.<domain>`; empty: at the portal's address only.
DOMAINE_ECOLES = env.str("DOMAINE_ECOLES", default="").lower().strip(".")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Public address printed on papers and in QR codes: scheme and host, no trailing slash.
URL_PUBLIQUE = env.str("URL_PUBLIQUE", default=f"http://127.0.0.1:{env.str('PORT', default='8000')}").rstrip("/")
WAGTAILADMIN_BASE_URL = URL_PUBLIQUE
WAGTAIL_SITE_NAME = "بوابة المؤسسات التعليمية"

# -- Signing keys of the papers (empty: the development authority) -----------
SIGNATURE_CLE_PEM = env.str("SIGNATURE_CLE_PEM", default="")
SIGNATURE_CERTIFICAT_PEM = env.str("SIGNATURE_CERTIFICAT_PEM", default="")
SIGNATURE_RACINE_PEM = env.str("SIGNATURE_RACINE_PEM", default="")

INSTALLED_APPS = [
    "themes",
    "portal.diffusion",
    "portal.socle",
    "portal.comptes",
    "etablissements.registre",
    "etablissements.acces",
    "etablissements.scolarite",
    "etablissements.monographie",
    "etablissements.bureau",
    "sites",
    "portal.ministere",
    "portal.recherche",
    "portal.verification",
    "portal.demonstration",
    "espace_parents",
    "espace_eleves",
    "wagtail_localize",
    "wagtail.locales",  # not `wagtail_localize.locales`, whose form mirrors the whole tree (ADR 21)
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "sites.droits",  # last: its permission policies replace Wagtail's
]

MIDDLEWARE = [
    "portal.diffusion.middleware.Diffusion",  # first: it keeps answers as readers get them
    "sites.hotes.middleware.HotesDesEcoles",
    "sites.middleware.TextesSansCadre",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.comptes.middleware.ConnexionRequise",
    "sites.droits.middleware.PortesDuBureau",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

PROCESSEURS = [
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]
TEMPLATES = [
    {  # the public pages and the spaces, in the jinja2/ folder of each app (ADR 30)
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "themes.environnement.Environnements",
            "extensions": ["wagtail.images.jinja2tags.images", "sites.gabarits.Ecole"],
            "context_processors": PROCESSEURS,
        },
    },
    {  # the back office and the accounts, which extend the templates of Wagtail and allauth
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                *PROCESSEURS,
            ],
        },
    },
]

# -- Database ----------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'portail.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # a writer queues at BEGIN instead of failing half-way
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", env.int("CONN_MAX_AGE", default=60))
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A database that is down is said to be down; 2 is the least that libpq takes.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", env.int("CONNECT_TIMEOUT", default=2))

# Shared by every process of the machine: a limit of attempts kept per process would be as many limits.
CACHES = {"default": env.cache_url("CACHE_URL", default=f"filecache://{VAR_DIR / 'cache'}")}
if CACHES["default"]["BACKEND"] == "django.core.cache.backends.filebased.FileBasedCache":
    CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 100_000}  # the default, 300, would forget limits at random
# Wagtail writes each resized image of a page here each time it shows it. Our pages read them with their images, in one
# query, and never look here.
CACHES["renditions"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}

# -- Accounts ----------------------------------------------------------------
AUTH_USER_MODEL = "comptes.Utilisateur"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "etablissements.acces.backends.AffectationBackend",
]
PASSWORD_HASHERS = [
    "portal.comptes.hacheurs.Argon2id",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "portal.comptes.validateurs.PasDevinable",
        "OPTIONS": {"user_attributes": ("username", "first_name", "last_name", "nom_complet", "email")},
    },
    {"NAME": "portal.comptes.validateurs.LongueurMinimale", "OPTIONS": {"min_length": 10}},
    {"NAME": "portal.comptes.validateurs.PasCourant"},
    {"NAME": "portal.comptes.validateurs.PasSeulementDesChiffres"},
]
ACCOUNT_ADAPTER = "portal.comptes.adaptateur.AdaptateurCompte"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
# A school's whole classroom signs in from one address: the address limit is wide, the account limit narrow.
# Activation alike: the key is the code Massar, whether it exists or not.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "10/5m/key,300/m/ip",
    "activation": "300/m/ip",
    "activation_confirmation": "20/h/key",
    # Messages to a school (`sites.courrier.limites`). The key is the school and the address; a mobile operator gives
    # one address to many families. Above the flow of a school, the next key, its form asks for more and stays open.
    "message_ecole": "100/h/ip,10/h/key",
    "message_affluence": "60/h/key",
    "message_sous_affluence": "2/h/key",
}
ACCOUNT_CHANGE_EMAIL = True  # one optional address per account
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # never write to an address that nobody here gave
ACCOUNT_FORMS = {
    "login": "portal.comptes.forms.FormulaireConnexion",
    "change_password": "portal.comptes.forms.FormulaireChangement",
    "reset_password": "portal.comptes.forms.FormulaireOubli",
    "reset_password_from_key": "portal.comptes.forms.FormulaireNouveau",
    "reauthenticate": "portal.comptes.forms.FormulaireReprise",
    "add_email": "portal.comptes.forms.FormulaireCourriel",
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "comptes:accueil"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 8
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"

# -- Languages ---------------------------------------------------------------
LANGUAGE_CODE = "ar"
# The interface, the headings and the facts speak these.
LANGUES_DU_CADRE = [("ar", "العربية"), ("fr", "Français")]
# A school may write its texts in these too: no catalogue, so that Django never speaks them, and no pages above schools.
LANGUES_SANS_CADRE = [("zgh", "ⵜⴰⵎⴰⵣⵉⵖⵜ")]
LANG_INFO["zgh"] = {
    "bidi": False,
    "code": "zgh",
    "name": "Standard Moroccan Tamazight",
    "name_local": "ⵜⴰⵎⴰⵣⵉⵖⵜ",
}
LANGUAGES = [*LANGUES_DU_CADRE, *LANGUES_SANS_CADRE]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUES_DU_CADRE
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS: list[str] = []  # one catalogue per app, beside its templates
FORMAT_MODULE_PATH = "portal.socle.formats"
LANGUAGE_COOKIE_NAME = "langue"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Africa/Casablanca"
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # one for the whole country: nobody is asked

# -- Static files and storage ------------------------------------------------
STATIC_URL = "/statiques/"
STATIC_ROOT = VAR_DIR / "statiques"
STATIC_ROOT.mkdir(exist_ok=True)  # empty until collectstatic; WhiteNoise warns when it is missing
STATICFILES_FINDERS = [
    "themes.finders.FeuilleFinder",  # joins the style sheets of `themes/styles` into one
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "documents": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": str(DOCUMENTS_DIR),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
}

# -- Wagtail -----------------------------------------------------------------
WAGTAILIMAGES_IMAGE_MODEL = "socle.ImagePortail"
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.socle.televersements.formulaires.FormulaireImage"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 24_000_000  # `televersements.images` says it in words
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024  # a telephone's photo of 12 million points weighs 8 MB
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.socle.televersements.formulaires.FormulaireDocument"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024  # `televersements.documents` says it in words
WAGTAILDOCS_DOCUMENT_MODEL = "socle.DocumentPortail"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp"]  # nothing a browser would run
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "portal.socle.moteur"}}
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # the portal fetches nothing: videos are recognised, not asked for
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_FINISH_WORKFLOW_ACTION = "etablissements.bureau.moderation.fin.publier_ce_qui_est_approuve"
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False  # twelve thousand schools would write to them
EMAIL_TIMEOUT = 10  # seconds; a mail server that hangs must not hold a page
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False  # allauth changes and resets passwords, for staff too
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False  # nor does it ask for an address, which is optional and proved
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# The pattern library, `/styleguide/`: for whoever enters the back office; in development for everybody.
STYLEGUIDE_OUVERT = env.bool("STYLEGUIDE_OUVERT", default=False)

# -- Security ----------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Nothing inline, nothing from elsewhere. The Wagtail admin still writes inline scripts: it is for staff and left out.
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": [f"/{langue}/gestion/" for langue, _nom in LANGUES_DU_CADRE],
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        # The players of `portal.socle.blocs.video`, on every page: published copies all have the same headers.
        "frame-src": ["https://www.youtube-nocookie.com", "https://geo.dailymotion.com", "https://player.vimeo.com"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"ligne": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"sans_identifiant": {"()": "portal.socle.journaux.SansIdentifiant"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "ligne", "filters": ["sans_identifiant"]},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # One line per page saved or task run: an import of 12,000 schools would be a quarter of a million lines.
    "loggers": {"wagtail": {"level": "WARNING"}, "django_tasks": {"level": "WARNING"}},
}
