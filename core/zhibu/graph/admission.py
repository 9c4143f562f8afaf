"""How many requests are worked on at once; some more wait a moment, the rest are told to come back.

A process that takes on everything serves nobody: each answer waits for all the others. Whoever
cannot be served within a second or so hears it at once.
"""

from time import monotonic
from types import TracebackType

from zhibu.graph.errors import AnswerTooSlow, Overloaded
from zhibu.turns import Turns

VISITORS = 16  # of them a process serves at once; checking a password takes long
WINDOW = 0.25  # seconds after which it is judged anew how fast the line moves


class Crowd:
    """Requests that are here, being received, waiting or served. Beyond `most` none is taken in."""

    def __init__(self, most: int) -> None:
        self.refused = 0
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
    """Lets in `at_once`; others wait in line, if their turn can be expected within `wait`.

    How soon a turn comes is judged by how fast the line has moved of late. Where that was too
    hopeful, `patience` is the end of waiting.
    """

    def __init__(self, at_once: int, *, wait: float = 0.4, patience: float = 1.5) -> None:
        self._turns = Turns(at_once)
        self._wait = wait
        self._patience = patience
        self.refused = 0
        self.timeouts = self._turns.timeouts
        self.enters = self._turns.enters
        self._pace = 0.0  # seconds from one turn of the line to the next
        self._since = 0.0  # turns are counted from here on
        self._counted = 0

    @property
    def waiting(self) -> int:
        return self._turns.waiting

    def turn(self, seconds: float) -> "Turn":
        """A turn, once one's own has come; after `seconds` it is over."""
        return Turn(self, seconds)

    async def enter(self) -> None:
        """Wait for one's turn; `leave` must follow. Raises `Overloaded`."""
        if self.enters():
            return
        if (self.waiting + 1) * self._moving() > self._wait:
            self.refused += 1
            raise Overloaded()
        if not self.waiting:
            self._since, self._counted = monotonic(), 0
        try:
            await self._turns.wait(self._patience)
        except TimeoutError as error:
            self.refused += 1
            raise Overloaded() from error

    def leave(self) -> None:
        if self._turns.leave():
            self._count()

    def _moving(self) -> float:
        """Seconds from turn to turn: as of late, or longer if the line has come to a stop."""
        if not self.waiting:
            return self._pace
        still = monotonic() - self._since
        return self._pace if still < WINDOW else max(self._pace, still / (self._counted + 1))

    def _count(self) -> None:
        """Judge by some time, not by some turns: they come in swarms, with pauses between."""
        self._counted += 1
        now = monotonic()
        if now - self._since >= WINDOW:
            self._pace = (now - self._since) / self._counted
            self._since, self._counted = now, 0


class Turn:
    """Within the block one is served. Raises `Overloaded` before it, `AnswerTooSlow` out of it."""

    __slots__ = ("_door", "_limit", "_seconds")

    def __init__(self, door: Door, seconds: float) -> None:
        self._door = door
        self._seconds = seconds

    async def __aenter__(self) -> None:
        if not self._door.enters():
            await self._door.enter()
        self._limit = self._door.timeouts.within(self._seconds)
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
            self._door.leave()
