"""Concentrated audits of members, from a plan to the last report."""
