"""Whose a file is. The owner is a code, so that the ground floor need not know the registry."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Possede(models.Model):
    """A file that belongs to somebody.

    `proprietaire` is the GRESA code of a school, the code of a direction (`09.581`) or of an academy (`09`), three
    forms that never collide; empty for the ministry.
    """

    proprietaire = models.CharField(_("propriétaire"), max_length=8, blank=True, db_index=True, editable=False)

    class Meta:
        abstract = True
