"""Host names of schools: proved, then mapped to the school's pages. There is one Wagtail site."""
