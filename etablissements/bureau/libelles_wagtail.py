"""Messages of Wagtail 8.0 that its own Arabic catalogue lacks, or says wrong, on the screens that a school uses.

Named here, they are extracted into the catalogue of this app, which Django reads before Wagtail's.
"""

from django.utils.translation import gettext_noop

LIBELLES = (
    gettext_noop("- Select an option -"),
    gettext_noop("View live"),  # the button beside what was just published: "look into reality"
    gettext_noop("Live"),
    gettext_noop("live"),  # the state of a page, "active" there and "published" on ours
    gettext_noop("Cancelled by %(cancelled_by)s"),
    gettext_noop('You do not have permission to publish pages at "%(page_title)s"'),
    gettext_noop("%(model_name)s scheduled for publishing"),
    gettext_noop("%(model_name)s scheduled for publishing at %(go_live_at)s"),
    gettext_noop("%(model_name)s unscheduled for publishing at %(go_live_at)s"),
    gettext_noop("%(model_name)s unscheduled from publishing"),
)
