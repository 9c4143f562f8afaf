"""A branch's year in the schema."""
