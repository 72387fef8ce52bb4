"""The schools: registry, rights, records core and back office. A plain package, not an app."""
