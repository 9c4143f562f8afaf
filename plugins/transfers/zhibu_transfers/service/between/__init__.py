"""Transfers to and from other institutions of this platform, told by messages."""
