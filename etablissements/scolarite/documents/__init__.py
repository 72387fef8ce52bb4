"""Papers: typeset, signed, registered, verified."""
