"""The ledger: audit chain, timeline and outbox in one row."""
