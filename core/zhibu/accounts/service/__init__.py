"""What is done with accounts, roles, credentials and oversight: one function per use case."""
