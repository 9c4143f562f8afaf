"""Floating members: who is away and where, who takes them in, and by which paper."""
