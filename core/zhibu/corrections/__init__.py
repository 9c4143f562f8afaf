"""Corrections that a member asks for: the branch decides, the committee too where it matters."""
