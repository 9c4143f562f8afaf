"""Scoring: what is recorded of members under this name."""
