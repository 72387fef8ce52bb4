"""The back office of schools, inside the Wagtail admin."""
