"""User accounts: one model for guardians, pupils and staff, and how they sign in."""
