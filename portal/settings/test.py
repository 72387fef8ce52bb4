"""The test suite: everything it writes goes to a folder that dies with it."""

import atexit
import shutil
import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import DATABASES, STORAGES

VAR_DIR = Path(tempfile.mkdtemp(prefix="portail-test-"))
atexit.register(shutil.rmtree, VAR_DIR, ignore_errors=True)
MEDIA_ROOT = VAR_DIR / "medias"
DOCUMENTS_DIR = VAR_DIR / "documents"
BORDEREAUX_DIR = VAR_DIR / "bordereaux"
AUTORITE_DIR = VAR_DIR / "autorite"
SECRET_KEY = "clé de la suite de tests, sans valeur"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: the browser tests read it from the server's thread.
    DATABASES["default"]["NAME"] = str(VAR_DIR / "test.sqlite3")
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STORAGES["documents"]["OPTIONS"] = {"location": str(DOCUMENTS_DIR), "file_permissions_mode": 0o600}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
