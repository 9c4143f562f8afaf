"""Processes of a run: on which core they work, how much processor time they took, how they end."""

import ctypes
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

WAIT = 60.0


def pinned(core: int | None) -> None:
    """Keep the calling process, and what it starts, on one core; None leaves it free."""
    if core is not None:
        os.sched_setaffinity(0, {core})


def cores() -> tuple[int | None, int | None]:
    """One core for the server under test and one for everything else, where there are two."""
    available = sorted(os.sched_getaffinity(0))
    return (available[0], available[1]) if len(available) > 1 else (None, None)


def processor_time(pid: int) -> float:
    """Seconds that the process and all its threads have run."""
    total = 0
    for task in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        try:
            total += int(task.read_text().split()[0])
        except OSError:
            continue  # a thread that just ended
    return total / 1e9


def children_of(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def children_times(pid: int) -> dict[int, float]:
    """Seconds that each living child of a process has run: PostgreSQL's backends."""
    return {child: processor_time(child) for child in children_of(pid)}


def spent(before: Mapping[int, float], after: Mapping[int, float]) -> float:
    """What the children took in between; one that ended meanwhile had been idle."""
    return sum(time - before.get(pid, 0.0) for pid, time in after.items())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(
    command: Sequence[str],
    *,
    log: Path,
    port: int,
    core: int | None,
    environment: Mapping[str, str],
    cwd: Path,
) -> Iterator[int]:
    """Run an HTTP server until the block ends; gives its process id."""

    def prepare() -> None:
        pinned(core)
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)

    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            stdout=output,
            stderr=output,
            cwd=cwd,
            env={**os.environ, **environment},
            preexec_fn=prepare,
        )
    try:
        _wait_for(port, process, log)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + WAIT
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1).close()
        except urllib.error.HTTPError:
            return  # it answers, if only that there is nothing here
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"no answer on port {port}:\n{log.read_text()[-4000:]}")
