"""How the fields of audits are read: SQL expressions over the rows of a request."""
