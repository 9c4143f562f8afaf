"""Every statement of discipline."""
