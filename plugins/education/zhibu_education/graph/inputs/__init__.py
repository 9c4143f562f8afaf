"""What a client says to change education's records."""
