"""What people write to a school: received under limits, read by the school alone, deleted after a year."""
