"""Django's month names, listed so that our Arabic catalogue can give them the names used in Morocco."""

from django.utils.translation import gettext_noop as _

MOIS = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)
