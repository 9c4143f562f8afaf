"""Sealing anew, when keys are rotated, whatever was sealed under older ones."""
