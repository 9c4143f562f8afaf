"""What falls due in organization life, as the statements that find it."""
