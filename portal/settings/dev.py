"""Development and demonstration: keys made on first run, static files served from the sources."""

from .base import *  # noqa: F403
from .base import HOTES_PRINCIPAUX, SECRET_KEY, STORAGES, VAR_DIR
from .cle import cle_locale

SECRET_KEY = SECRET_KEY or cle_locale(VAR_DIR / "secret_key")
HOTES_PRINCIPAUX = HOTES_PRINCIPAUX or ["127.0.0.1", "localhost", "[::1]"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
SERVIR_MEDIAS = True
STYLEGUIDE_OUVERT = True
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
