"""Whatever a process of the product imports: for the process that others are forked from."""

import zhibu.app  # for what it imports, like the rest
import zhibu.cli.serving
import zhibu.cli.workbooks
import zhibu.cli.working  # noqa: F401
from zhibu.cli.starting import rarely
from zhibu.plugins import discover

discover()
rarely()
