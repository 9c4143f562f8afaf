"""Statements of deadlines."""
