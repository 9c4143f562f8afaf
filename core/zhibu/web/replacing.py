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

SOON = 10.0  # seconds: what ends sooner may end so again
MOST = 3  # times in a row
PAUSE = 1.0  # seconds, before what cannot start is tried again
_TOLD = (signal.SIGINT, signal.SIGTERM)
_CHILD = 0

log = logger("zhibu.server")


class KilledAgain(Unavailable):
    """What serves ended soon after its start, again and again. Facts: `times`, `last`."""

    code = "core.killed_again"


def replaceable(listening: socket.socket, *, not_now: int) -> None:
    """Go on in a process of its own, which is replaced whenever something kills it.

    Returns in that process only, and again in each that replaces it; one of these that ends by the
    exit code `not_now`, as it cannot start for now, is replaced as well. The caller's own stays
    here, hands SIGINT and SIGTERM on, and ends as the other one does: with its exit code
    (`SystemExit`), or by the signal that told it to end. Raises `KilledAgain` there. If it is
    killed itself, the other one is gone at once. Call it before threads are started.
    """
    keeper = _Keeper(listening)
    gc.freeze()  # what both have stays where it is, in memory that they share
    short, lived, before = 0, 0.0, ""
    while True:
        began = time.monotonic()
        if keeper.fork() == _CHILD:
            return
        if before:  # afterwards: whoever reads the log may be stuck
            log.error("the server was killed and is replaced", signal=before, lived=round(lived))
        ended = keeper.wait()
        lived = time.monotonic() - began
        away = bool(before) and ended == not_now
        if keeper.told or -ended in _TOLD or not (ended < 0 or away):
            keeper.end(ended)
        before = _named(ended)
        short = short + 1 if lived < SOON else 0
        if short == MOST:
            log.critical("the server is given up", signal=before, times=MOST)
            raise KilledAgain(times=MOST, last=before)
        if away:
            time.sleep(PAUSE)


class _Keeper:
    """The process that forks. `told` is whether somebody said that all is to end."""

    def __init__(self, listening: socket.socket) -> None:
        self.told = False
        self._listening = listening
        self._pid: int | None = None
        self._alive, self._living = os.pipe()  # nobody writes: it ends with the last who could
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # where it is ignored, nothing is waited for
        for each in _TOLD:
            signal.signal(each, self._tell)

    def fork(self) -> int:
        """The new process's number; in that process, 0."""
        with _held_back():
            if self.told:
                raise SystemExit
            self._pid = os.fork()
            if self._pid == _CHILD:
                signal.signal(signal.SIGINT, signal.default_int_handler)
                signal.signal(signal.SIGTERM, signal.SIG_DFL)
                os.setpgid(0, 0)  # Ctrl+C is for the one that hands it on
                signal.signal(signal.SIGTTOU, signal.SIG_IGN)  # and writing is for both
                os.close(self._living)
                threading.Thread(target=self._follow, daemon=True).start()
            return self._pid

    def wait(self) -> int:
        """How the other one ended: its exit code, or a signal's number below zero."""
        assert self._pid is not None
        status = os.waitpid(self._pid, 0)[1]
        self._pid = None
        return os.waitstatus_to_exitcode(status)

    def end(self, ended: int) -> NoReturn:
        """End as the other one did, for whoever waits for us."""
        if -ended in _TOLD:
            signal.signal(-ended, signal.SIG_DFL)
            signal.raise_signal(-ended)
        if ended < 0:
            log.error("the server was killed while it ended", signal=_named(ended))
        raise SystemExit(ended if ended >= 0 else 128 - ended)

    def _tell(self, number: int, _: object) -> None:
        self.told = True
        self._listening.close()  # or whoever comes now would wait for nobody
        if self._pid is not None:
            with suppress(ProcessLookupError):
                os.kill(self._pid, number)
                os.kill(self._pid, signal.SIGCONT)  # what is stopped hears nothing

    def _follow(self) -> None:
        os.read(self._alive, 1)
        os._exit(1)


def _named(ended: int) -> str:
    try:
        return signal.Signals(-ended).name
    except ValueError:  # a real-time signal, or none
        return f"signal {-ended}" if ended < 0 else f"exit code {ended}"


@contextmanager
def _held_back() -> Iterator[None]:
    """Signals that tell come before or afterwards, not in between."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _TOLD)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
