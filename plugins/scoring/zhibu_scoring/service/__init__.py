"""The use cases of scoring: ask the policy, load, let rules decide, save, tell the ledger."""
