"""What a client says to change organization life."""
