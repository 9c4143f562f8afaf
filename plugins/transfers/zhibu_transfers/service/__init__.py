"""What may be done with transfers: one function per use case."""
