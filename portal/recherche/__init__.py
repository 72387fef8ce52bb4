"""The national directory of schools."""
