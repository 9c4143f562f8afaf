"""Slips: whoever made an entry may take it back for a few days, while nothing came after it."""
