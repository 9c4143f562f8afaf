"""Changing education's records."""
