"""The models of the back office."""

from .moderation.models import AccordDeLaDirection

__all__ = ["AccordDeLaDirection"]
