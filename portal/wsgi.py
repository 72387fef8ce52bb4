"""WSGI entry point; the settings module comes from the environment."""

import os

from django.core.wsgi import get_wsgi_application

from portal.diffusion.devant import Devant

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")

application = Devant(get_wsgi_application())
