"""The pages that hold the tree: the registry makes, moves, renames and closes them; the admin only writes in them."""

from typing import Any

from wagtail.admin.panels import CommentPanel
from wagtail.models import PagePermissionTester


class DroitsDeStructure(PagePermissionTester):
    """What somebody may do with a page of the structure: write in it and publish it, never take it away.

    Superusers keep every right but that of adding or copying one, which `is_creatable` withholds from everybody.
    """

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """Refuse, and with it moving."""
        return self.user.is_superuser and super().can_delete(ignore_bulk)

    def can_unpublish(self) -> bool:
        """Refuse: the registry says that a school is closed."""
        return self.user.is_superuser and super().can_unpublish()

    def can_copy(self) -> bool:
        """Refuse: a copy would be a second page of the same school."""
        return self.user.is_superuser and super().can_copy()

    def can_reorder_children(self) -> bool:
        """Refuse where the children are of the structure too: a school orders its sections, nobody the schools."""
        enfants = self.page.specific_class.allowed_subpage_models()
        structure = any(issubclass(modele, PageDeStructure) for modele in enfants)
        return super().can_reorder_children() and (self.user.is_superuser or not structure)


class DroitsDeTraduction(PagePermissionTester):
    """What somebody may do with the translation of a page of the structure: all but make it part of the structure."""

    def can_move(self) -> bool:
        """Refuse: it stands under its original."""
        return False

    def can_copy(self) -> bool:
        """Refuse: there is one a language."""
        return False

    def can_add_subpage(self) -> bool:
        """Refuse: the pages of a school are under the original."""
        return False


class PageDeStructure:
    """For a class of pages that hold the tree; it says `is_creatable = False` besides, which is not inherited.

    The form has neither the address, which comes from the registry, nor the dates at which a page goes up and comes
    down.
    """

    promote_panels: tuple[Any, ...] = ()
    settings_panels: tuple[Any, ...] = (CommentPanel(),)

    def permissions_for_user(self, user: Any) -> DroitsDeStructure:
        """Return what this person may do with the page."""
        return DroitsDeStructure(user, self)
