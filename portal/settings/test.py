"""The test suite: everything it writes goes to a folder that dies with it."""

import atexit
import os
import shutil
import tempfile

os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="portail-test-")
atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)

from .base import *  # noqa: E402, F403
from .base import DATABASES, STORAGES  # noqa: E402

SECRET_KEY = "clé de la suite de tests, sans valeur"  # noqa: S105
HOTES_PRINCIPAUX = ["testserver", "127.0.0.1", "localhost"]
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: the browser tests read it from the server's thread.
    DATABASES["default"]["TEST"] = {"NAME": f"{DATABASES['default']['NAME']}.test"}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True  # found when asked for: listed in advance, the files cost 40 ms a client, one a test
SERVIR_MEDIAS = True
DIFFUSION_DIR = ""  # copies outlive the transaction of a test: those that want some have the fixture `magasin`
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
