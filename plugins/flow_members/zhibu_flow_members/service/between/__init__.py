"""Stays of members at organizations of other institutions of this platform, told by messages."""
