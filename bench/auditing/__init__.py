"""An audit of a whole city: `python -m bench.auditing`."""
