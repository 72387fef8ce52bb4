"""Template tags of the school pages."""
