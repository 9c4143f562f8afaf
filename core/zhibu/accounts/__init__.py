"""Accounts: who signs in, with which roles where, until when."""
