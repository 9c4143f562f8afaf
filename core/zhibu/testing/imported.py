"""Whatever a process of the product imports: for the process that others are forked from."""

from importlib import import_module

from zhibu.cli.starting import rarely
from zhibu.plugins import discover

for each in ("app", "cli.serving", "cli.workbooks", "cli.working"):
    import_module(f"zhibu.{each}")
discover()
rarely()
