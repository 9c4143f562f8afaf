"""Acts that take several people: steps, documents, collective decisions, deadlines, objections."""
