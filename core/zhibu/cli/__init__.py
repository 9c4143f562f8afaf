"""The command line: `zhibu`. Its commands and exit codes are described in docs/cli.md."""

from zhibu.cli.program import main

__all__ = ["main"]
