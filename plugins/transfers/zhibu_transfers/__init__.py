"""Transfers of membership: who answers for whom, until when, and by which letter."""
