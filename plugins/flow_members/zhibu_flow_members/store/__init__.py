"""Every statement of floating members."""
