"""Schools from CSV files: reading, checking line by line, writing."""
