"""Decisions about deadlines: values in, values out."""
