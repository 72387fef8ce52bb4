"""What must be dropped, written with the change itself, so that no machine can miss it."""

from django.db import models
from django.utils import timezone


class Peremption(models.Model):
    """A line of the outbox: some keys changed. Every machine that keeps copies reads it once."""

    cles = models.TextField()  # separated by spaces
    cree_le = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "péremption"

    def __str__(self) -> str:
        return self.cles
