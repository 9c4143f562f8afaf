"""Membership dues: what is owed and why, paid by whom, in arrears, handed over and published."""
