"""What one process holds, and what it does beyond: `python -m bench.holding`."""
