"""Who may do what, where: staff assignments."""
