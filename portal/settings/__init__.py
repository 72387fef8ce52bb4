"""Settings: `base` is complete and driven by the environment; the others are a few lines each."""
