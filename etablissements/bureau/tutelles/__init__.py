"""The guardianships of a school, which its direction confirms and ends."""
