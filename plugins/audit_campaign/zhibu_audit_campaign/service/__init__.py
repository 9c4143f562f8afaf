"""Use cases of audits."""
