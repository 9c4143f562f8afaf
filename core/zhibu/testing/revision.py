"""Writes the migration that tables lack: `python -m zhibu.testing.revision NAME MESSAGE`."""

import argparse
import subprocess
import sys
from importlib.util import find_spec

from zhibu.errors import PluginError
from zhibu.plugins import discover
from zhibu.storage.migrate import revision


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m zhibu.testing.revision")
    parser.add_argument("name", help="the plugin, or core")
    parser.add_argument("message", help="what the migration brings about, in a few words")
    asked = parser.parse_args()
    try:
        written = revision(discover(), asked.name, asked.message)
    except PluginError as error:
        print(error, file=sys.stderr)
        return 1
    if written is not None and find_spec("ruff") is not None:
        formatter = sys.executable, "-m", "ruff", "format", "--quiet", "--no-cache", written
        subprocess.run(formatter, check=True)
    print(written or "the tables are what the migrations make: nothing to write")
    return 0


if __name__ == "__main__":
    sys.exit(main())
