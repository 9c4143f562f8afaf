"""Workbooks in and out, from declared columns; printed pages from templates."""
