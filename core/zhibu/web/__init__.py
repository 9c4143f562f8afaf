"""Addresses beside the API itself: the explorer of the schema, and files in and out."""
