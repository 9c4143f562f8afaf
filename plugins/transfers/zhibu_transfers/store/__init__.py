"""Every statement of transfers."""
