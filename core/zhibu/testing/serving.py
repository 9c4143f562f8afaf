"""A real server in a process of its own, on a free port of the loopback address."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from zhibu.settings import Settings

PROGRAM = "from zhibu.cli import main; main()"
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@contextmanager
def served(settings: Settings) -> Iterator[str]:
    """The address at which a SQLite installation is served until the block ends."""
    env = {**os.environ, "ZHIBU_DATA": str(settings.data), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-c", PROGRAM, "serve", "--host", "127.0.0.1", "--port", "0"]
    with subprocess.Popen(
        command, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as server:
        try:
            yield _address(server)
        finally:
            server.terminate()
            server.wait(30)


def _address(server: "subprocess.Popen[str]") -> str:
    assert server.stdout is not None
    said = []
    for line in server.stdout:
        said.append(line)
        if found := _ADDRESS.search(line):
            return found[0]
    raise AssertionError(f"the server ended: {''.join(said)}")
