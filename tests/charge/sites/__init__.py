"""The budgets of the schools' sites and of their back office, at 1 school and at 12,000 in one run (PostgreSQL)."""
