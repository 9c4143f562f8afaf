"""What is done about floating members."""
