"""Management commands of the staff."""
