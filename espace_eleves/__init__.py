"""The pupils' space. Reserved: pupils sign in with a later release."""
