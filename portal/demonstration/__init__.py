"""The demonstration country: real schools, invented people."""
