"""The use cases of dues: ask the policy, load, let rules decide, save, tell the ledger."""
