"""Decisions of organization life: values in, values out."""
