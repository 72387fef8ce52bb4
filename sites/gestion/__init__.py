"""What a school sets for its site, in the Wagtail admin."""
