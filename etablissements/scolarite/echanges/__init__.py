"""Workbooks exchanged with the national system."""
