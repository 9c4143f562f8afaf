"""Changing procedures."""
