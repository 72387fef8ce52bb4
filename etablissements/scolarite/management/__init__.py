"""Management commands of the records core."""
