"""What may be done with dispositions: one function per use case."""
