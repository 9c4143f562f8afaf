"""A branch's year, from the summary to its conclusion."""
