"""What people upload: examined by its content, never by its name, before anything is kept."""
