"""Pupils, classes, enrolments, guardians and their slips."""
