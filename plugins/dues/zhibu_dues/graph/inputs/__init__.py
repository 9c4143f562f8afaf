"""What mutations of dues take."""
