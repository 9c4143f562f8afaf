"""Processes of the product that begin at once: forked from one that has imported everything.

To import the product with its plugins takes seconds, and a process that is to be killed and
started again needs nothing of what the tests have made meanwhile.
"""

import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import DupFd
from typing import IO, Any, Self

# Forked, and not from the process of the tests: that one has threads, loops and patches.
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["zhibu.testing.imported"])
_OUT, _ERR = 1, 2


class Running:
    """A process that was started. `out` is what it writes, where that was asked for."""

    def __init__(self, process: BaseProcess, out: "IO[str] | None") -> None:
        self._process = process
        self._out = out

    @property
    def out(self) -> "IO[str]":
        assert self._out is not None, "nobody asked for what it writes"
        return self._out

    def poll(self) -> int | None:
        """Its exit code, a signal's number below zero; None while it runs."""
        return self._process.exitcode

    def wait(self, seconds: float | None = 30.0) -> int:
        """Its exit code once it ended. Raises `TimeoutError`."""
        self._process.join(seconds)
        if self._process.exitcode is None:
            raise TimeoutError
        return self._process.exitcode

    @property
    def pid(self) -> int:
        assert self._process.pid is not None, "it was not started"
        return self._process.pid

    def send_signal(self, by: signal.Signals) -> None:
        if self.poll() is None and self._process.pid is not None:
            with suppress(ProcessLookupError):  # it ended, and nobody said so yet
                os.kill(self._process.pid, by)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """It does not outlive the block."""
        try:
            self.send_signal(signal.SIGKILL)
            self.wait()
        finally:
            if self._out is not None:
                self._out.close()


def start(
    code: str,
    arguments: Sequence[str] = (),
    *,
    env: Mapping[str, str] | None = None,
    heard: bool = False,
    log: "IO[bytes] | None" = None,
    largest_file: int | None = None,
) -> Running:
    """`python -c CODE ARGUMENTS`, in the environment `env`, by default ours.

    What it writes goes to the file `log`, or can be read where it is to be `heard`. With
    `largest_file`, whatever would make a file larger fails, as on a full disk.
    """
    out, into = None, log.fileno() if log is not None else None
    if heard:
        end, into = os.pipe()
        out = os.fdopen(end, encoding="utf-8")
    given = DupFd(into) if into is not None else None
    environment = dict(os.environ if env is None else env)
    told = (code, tuple(arguments), environment, os.getcwd(), given, largest_file)
    process = _CONTEXT.Process(target=_run, args=told)
    process.start()
    if heard and into is not None:
        os.close(into)
    return Running(process, out)


def _run(
    code: str,
    arguments: Sequence[str],
    env: Mapping[str, str],
    folder: str,
    into: Any,
    largest_file: int | None,
) -> None:
    if into is not None:
        place = into.detach()
        for stream in (_OUT, _ERR):
            os.dup2(place, stream)
        os.close(place)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder)
    if largest_file is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    sys.stdout, sys.stderr = (os.fdopen(each, "w", 1, closefd=False) for each in (_OUT, _ERR))
    sys.argv = ["-c", *arguments]
    # As `python -c` would; the code is that of a test.
    exec(compile(code, "<program>", "exec"), {"__name__": "__main__"})  # noqa: S102  # nosec B102
