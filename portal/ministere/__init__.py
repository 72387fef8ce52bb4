"""The ministry's public pages."""
