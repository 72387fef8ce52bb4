"""Writing for a school's site in a few fields: an item, its photo, one button."""
