"""A server that is killed is replaced at once, by one that has imported everything.

To start takes seconds, to fork takes none. The process that forks answers nobody: it holds the
address, so that whoever asks meanwhile waits instead of being refused, and replaces what is killed.
"""

import gc
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

from zhibu.errors import Unavailable
from zhibu.logs import logger

SOON = 10.0  # seconds: what is killed sooner may be killed again
MOST = 3  # times in a row
_TOLD = (signal.SIGINT, signal.SIGTERM)
_CHILD = 0

log = logger("zhibu.server")


class KilledAgain(Unavailable):
    """What serves was killed soon after its start, again and again. Facts: `times`, `signal`."""

    code = "core.killed_again"


def replaceable(listening: socket.socket) -> None:
    """Go on in a process of its own, which is replaced whenever something kills it.

    Returns in that process only, and again in each that replaces it. The caller's own stays here,
    hands SIGINT and SIGTERM on, and ends as the other one does: with its exit code (`SystemExit`),
    or by the signal that told it to end. Raises `KilledAgain` there. If it is killed itself, the
    other one is gone at once. Call it before threads are started.
    """
    keeper = _Keeper(listening)
    gc.freeze()  # what both have stays where it is, in memory that they share
    killed = 0
    while True:
        began = time.monotonic()
        if keeper.fork() == _CHILD:
            return
        ended = keeper.wait()
        lived = time.monotonic() - began
        if ended >= 0:
            raise SystemExit(ended)
        by = signal.Signals(-ended)
        if keeper.told or by in _TOLD:
            keeper.end(by)
        killed = killed + 1 if lived < SOON else 0
        if killed == MOST:
            raise KilledAgain(times=MOST, signal=by.name)
        log.error("the server was killed and is replaced", signal=by.name, lived=round(lived))


class _Keeper:
    """The process that forks. `told` is whether somebody said that all is to end."""

    def __init__(self, listening: socket.socket) -> None:
        self.told = False
        self._listening = listening
        self._pid: int | None = None
        self._alive, self._living = os.pipe()  # nobody writes: it ends with the last who could
        with _held_back():
            self._before = {each: signal.signal(each, self._tell) for each in _TOLD}

    def fork(self) -> int:
        """The new process's number; in that process, 0."""
        with _held_back():
            if self.told:
                raise SystemExit
            self._pid = os.fork()
            if self._pid == _CHILD:
                self._restore()
                os.setpgid(0, 0)  # Ctrl+C is for the one that hands it on
                os.close(self._living)
                threading.Thread(target=self._follow, daemon=True).start()
            return self._pid

    def wait(self) -> int:
        """How the other one ended: its exit code, or a signal's number below zero."""
        assert self._pid is not None
        status = os.waitpid(self._pid, 0)[1]
        self._pid = None
        return os.waitstatus_to_exitcode(status)

    def end(self, by: signal.Signals) -> NoReturn:
        """End by the signal too, for whoever waits for us."""
        if by in _TOLD:
            signal.signal(by, signal.SIG_DFL)
            signal.raise_signal(by)
        raise SystemExit(128 + by)

    def _tell(self, number: int, _: object) -> None:
        self.told = True
        self._listening.close()  # or whoever comes now would wait for nobody
        if self._pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self._pid, number)

    def _restore(self) -> None:
        for each, handler in self._before.items():
            signal.signal(each, handler)

    def _follow(self) -> None:
        os.read(self._alive, 1)
        os._exit(1)


@contextmanager
def _held_back() -> Iterator[None]:
    """Signals that tell come before or afterwards, not in between."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _TOLD)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
