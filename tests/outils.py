"""What tests need of the machine: programs that are installed by the CI and may be absent on a laptop."""

import os
import shutil

import pytest


def exiger_programme(*noms: str) -> str:
    """Return the path of the first program found among `noms`.

    On a laptop without it the test says what to install and stops there; in the CI its absence is a failure.
    """
    for nom in noms:
        if chemin := shutil.which(nom):
            return chemin
    message = f"This test drives {' or '.join(noms)}: install it (Debian: chromium, poppler-utils, gettext) and re-run."
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
