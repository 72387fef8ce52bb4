"""The records core. `api` is its only door."""
