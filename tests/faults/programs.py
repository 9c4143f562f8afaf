"""The served product as a process of its own, which a test may kill and start again."""

import os
import signal
import socket
from collections.abc import Mapping
from pathlib import Path

from zhibu.settings import Settings
from zhibu.testing.processes import Running, start
from zhibu.testing.serving import PROGRAM


class Program:
    """`zhibu serve` of one installation, always at the same address."""

    def __init__(self, settings: Settings, log: Path, *, command: str = PROGRAM) -> None:
        self.port = free_port()
        self._log = log
        self._command = command
        self._env = {**os.environ, **_told(settings)}
        self._process: Running | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, *, largest_file: int | None = None) -> None:
        """With `largest_file`, whatever would make a file larger fails, as on a full disk."""
        arguments = ["serve", "--host", "127.0.0.1", "--port", str(self.port)]
        with self._log.open("ab") as log:
            self._process = start(
                self._command, arguments, env=self._env, log=log, largest_file=largest_file
            )

    def kill(self) -> None:
        """Nothing gets to say goodbye."""
        self.end(signal.SIGKILL)

    def kill_what_serves(self) -> None:
        """The process that answers, but not the one that replaces it."""
        assert self._process is not None
        pid = self._process.pid
        [serving] = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        os.kill(int(serving), signal.SIGKILL)

    def end(self, by: signal.Signals = signal.SIGTERM) -> None:
        if self._process is not None:
            self._process.send_signal(by)
            self._process.wait()
            self._process = None

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None


def _told(settings: Settings) -> Mapping[str, str]:
    said = {"ZHIBU_DATA": str(settings.data), "ZHIBU_DATABASE": settings.database}
    if settings.owner_database is not None:
        said["ZHIBU_OWNER_DATABASE"] = settings.owner_database
    return said


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
