"""Rules as dated data: numbers with their source, overridable per organization."""
