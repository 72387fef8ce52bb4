"""The translation of one page: ask for it, see whether it is behind."""
