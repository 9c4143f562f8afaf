"""How the fields of discipline are read: SQL expressions over the rows of a request.

The tenant's criterion is added to every table by the core; nothing here may name it.
"""
