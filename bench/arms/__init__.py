"""The servers that are compared, and how each is asked."""
