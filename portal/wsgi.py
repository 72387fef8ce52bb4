"""WSGI entry point; the settings module comes from the environment."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from portal.diffusion.devant import Devant

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

application = Devant(get_wsgi_application())
gc.collect()
gc.freeze()  # what was imported stays: looking for garbage in it again and again is a twentieth of the CPU of a page
