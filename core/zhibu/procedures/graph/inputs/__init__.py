"""What a client gives to procedures."""
