"""Every school's public site."""
