"""How many requests are worked on at once; some more wait a moment, the rest are told to come back.

A process that takes on everything serves nobody: each answer waits for all the others. Whoever
cannot be served within a second or so hears it at once.
"""

import asyncio
from collections import deque
from time import monotonic
from types import TracebackType

from zhibu.graph.deadlines import Deadlines
from zhibu.graph.errors import AnswerTooSlow, Overloaded

VISITORS = 16  # of them a process serves at once; checking a password takes long
OF_OLD = 0.9  # how much what was measured before counts against the latest request


class Crowd:
    """Requests that are here, being received, waiting or served. Beyond `most` none is taken in."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._here = 0

    @property
    def full(self) -> bool:
        return self._here >= self._most

    def __enter__(self) -> None:
        self._here += 1

    def __exit__(self, *_: object) -> None:
        self._here -= 1


class Door:
    """Lets in `at_once`; others wait in line, if their turn can be expected within `wait`."""

    def __init__(self, at_once: int, *, wait: float = 1.0) -> None:
        self._free = self._at_once = at_once
        self._wait = wait
        self.deadlines = Deadlines()
        self._line: deque[asyncio.Future[None]] = deque()
        self._takes = 0.02  # seconds of one request, of late

    @property
    def waiting(self) -> int:
        return len(self._line)

    def turn(self, seconds: float) -> "Turn":
        """A turn, once one's own has come; after `seconds` it is over."""
        return Turn(self, seconds)

    async def enter(self) -> None:
        """Wait for one's turn; `leave` must follow. Raises `Overloaded`."""
        if self._free > 0 and not self._line:
            self._free -= 1
            return
        if len(self._line) * self._takes / self._at_once >= self._wait:
            raise Overloaded()
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._line.append(turn)
        try:
            async with asyncio.timeout(self._wait):
                await turn
        except BaseException as error:
            if turn.done() and not turn.cancelled():
                self._next()  # it had just become this one's turn
            if isinstance(error, TimeoutError):
                raise Overloaded() from error
            raise

    def leave(self, took: float) -> None:
        self._takes += (1 - OF_OLD) * (took - self._takes)
        self._next()

    def _next(self) -> None:
        while self._line:
            turn = self._line.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1


class Turn:
    """Within the block one is served. Raises `Overloaded` before it, `AnswerTooSlow` out of it."""

    __slots__ = ("_began", "_door", "_limit", "_seconds")

    def __init__(self, door: Door, seconds: float) -> None:
        self._door = door
        self._seconds = seconds

    async def __aenter__(self) -> None:
        await self._door.enter()
        self._began = monotonic()
        self._limit = self._door.deadlines.within(self._seconds)
        self._limit.__enter__()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self._limit.__exit__(kind, error, trace)
        except TimeoutError as late:
            raise AnswerTooSlow(seconds=self._seconds) from late
        finally:
            self._door.leave(monotonic() - self._began)
