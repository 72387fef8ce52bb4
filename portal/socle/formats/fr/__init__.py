"""Formats of dates for this language."""
