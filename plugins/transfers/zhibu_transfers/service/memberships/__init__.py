"""Decisions about a membership: asked for, carried out, followed."""
