"""Ending what takes too long. A timer of its own for each request costs as much as a small one."""

import asyncio
from time import monotonic
from types import TracebackType
from typing import Any

TICK = 0.25  # seconds by which an end may be late


class Timeouts:
    """Looks a few times a second at everything that is under way."""

    def __init__(self) -> None:
        self.open: dict[Timeout, None] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    def within(self, seconds: float) -> "Timeout":
        """A block that raises `TimeoutError` when it takes longer."""
        return Timeout(self, seconds)

    def watch(self, timeout: "Timeout") -> None:
        self.open[timeout] = None
        loop = timeout.loop
        if self._loop is not loop:
            self._loop = loop
            loop.call_later(TICK, self._look, loop)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        now = monotonic()
        for timeout in [each for each in self.open if each.due <= now]:
            timeout.expire()
        if self.open:
            loop.call_later(TICK, self._look, loop)
        elif self._loop is loop:
            self._loop = None


class Timeout:
    """Cancels its own task when it is due, and turns that into `TimeoutError`."""

    __slots__ = ("_all", "_before", "_expired", "_task", "due", "loop")

    def __init__(self, timeouts: Timeouts, seconds: float) -> None:
        self._all = timeouts
        self.due = monotonic() + seconds
        self._expired = False

    def __enter__(self) -> None:
        self.loop = asyncio.get_running_loop()
        task: asyncio.Task[Any] | None = asyncio.current_task(self.loop)
        assert task is not None, "a timeout is of a task"
        self._task = task
        self._before = task.cancelling()
        self._all.watch(self)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._all.open.pop(self, None)
        # Whoever else cancelled the task meanwhile has the last word.
        last = self._expired and self._task.uncancel() <= self._before
        if last and kind is asyncio.CancelledError:
            raise TimeoutError from error

    def expire(self) -> None:
        self._all.open.pop(self, None)
        self._expired = True
        self._task.cancel()
