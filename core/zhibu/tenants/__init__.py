"""Tenants: institutions that never see each other."""
