"""Dispositions: what a branch proposes about a member, and what becomes of it."""
