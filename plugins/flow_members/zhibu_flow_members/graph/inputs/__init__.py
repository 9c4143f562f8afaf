"""What a client says about floating members."""
