"""`python -m zhibu.testing.contract [NAME ...] [--postgresql]`: says what is wrong, in words."""

import argparse
import sys
from contextlib import nullcontext
from importlib.metadata import entry_points

from zhibu.plugins import GROUP
from zhibu.testing.contract import NotInstalled, Owner, faults, remarks
from zhibu.testing.postgresql import APP, Server, postgresql


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m zhibu.testing.contract")
    parser.add_argument("names", nargs="*", help="plugins; every installed one if none is named")
    parser.add_argument(
        "--postgresql", action="store_true", help="migrate on a PostgreSQL started for this, too"
    )
    asked = parser.parse_args()
    names = asked.names or sorted(point.name for point in entry_points(group=GROUP))
    with postgresql() if asked.postgresql else nullcontext() as server:
        return max([_judge(name, server) for name in names], default=0)


def _judge(name: str, server: Server | None) -> int:
    try:
        if server is None:
            found = faults(name)
        else:
            with server.database() as urls:
                found = faults(name, postgresql=Owner(urls.owner, APP))
    except NotInstalled as error:
        found = [str(error)]
    else:
        for remark in remarks(name):
            print(f"{name}: {remark}", file=sys.stderr)
    for fault in found:
        print(f"{name}: {fault}")
    if not found:
        print(f"{name} keeps the contract")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
