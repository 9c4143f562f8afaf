"""Decisions about audits: values in, values out."""
