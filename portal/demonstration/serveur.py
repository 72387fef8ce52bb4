"""Serve the demonstration from the process that is already set up: a second run starts at once."""

import socket
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections
from gunicorn.app.base import BaseApplication

from portal.diffusion.devant import Devant

PROCESSUS = 2


def port_libre(port: int) -> bool:
    """Tell whether nothing listens on this port of the loopback."""
    with socket.socket() as prise:
        prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prise.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class Serveur(BaseApplication):
    """gunicorn around the portal, on the loopback.

    The workers are forked from here: nothing was typeset before, as Typst's threads do not survive a fork.
    """

    def __init__(self, *, port: int) -> None:
        self.port = port
        super().__init__()

    def load_config(self) -> None:
        """Two workers that share what is loaded."""
        reglages = {"bind": f"127.0.0.1:{self.port}", "workers": PROCESSUS, "preload_app": True, "loglevel": "warning"}
        for nom, valeur in reglages.items():
            self.cfg.set(nom, valeur)

    def run(self) -> None:
        """Serve, with the follower of published copies beside."""
        suivi = subprocess.Popen([sys.executable, "manage.py", "suivre_diffusion"], cwd=settings.BASE_DIR)
        try:
            super().run()
        finally:
            suivi.terminate()

    def load(self) -> Any:
        """Return the WSGI application, with no connection open across the fork."""
        application = Devant(get_wsgi_application())
        connections.close_all()
        return application
