"""Sending messages to other institutions, and taking theirs."""
