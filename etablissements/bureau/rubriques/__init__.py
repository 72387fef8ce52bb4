"""The sections of a school's site: those it has, those it may open."""
