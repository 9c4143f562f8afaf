"""Messages between institutions: each side writes in its own home, and nothing is told twice."""
