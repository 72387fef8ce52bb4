"""The facts of a school, seen by its director: confirm them for the year, or say that one is wrong."""
