"""Benchmarks: the product against a peer and against the limit, as ratios in one run."""
