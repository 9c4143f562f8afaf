"""A real server in a process of its own, on a free port of the loopback address."""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from zhibu.settings import Settings
from zhibu.testing.processes import Running, start

PROGRAM = "from zhibu.cli import main; main()"
SERVE = ("serve", "--host", "127.0.0.1", "--port", "0")
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """The address at which a SQLite installation is served until the block ends."""
    env = {**os.environ, "ZHIBU_DATA": str(settings.data)}
    with start(PROGRAM, SERVE, env=env, heard=True) as server:
        try:
            yield _address(server)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait()


def _address(server: Running) -> str:
    said = []
    for line in server.out:
        said.append(line)
        if found := _ADDRESS.search(line):
            return found[0]
    raise AssertionError(f"the server ended: {''.join(said)}")
