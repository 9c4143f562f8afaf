"""Taking turns: some at once, the others in line. asyncio's own semaphore costs several times this,
and every request takes two."""

import asyncio
from collections import deque

from zhibu.timeouts import Timeouts


class Turns:
    """Lets in `at_once`; the others wait in the order in which they came."""

    def __init__(self, at_once: int) -> None:
        self.free = at_once
        self.timeouts = Timeouts()
        self._line: deque[asyncio.Future[None]] = deque()

    @property
    def waiting(self) -> int:
        return len(self._line)

    def enters(self) -> bool:
        """Whether one's turn is at once; then `leave` must follow."""
        if self.free > 0 and not self._line:
            self.free -= 1
            return True
        return False

    async def wait(self, seconds: float) -> None:
        """Wait in line; `leave` must follow. Raises `TimeoutError`."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._line.append(turn)
        try:
            with self.timeouts.within(seconds):
                await turn
        except BaseException:
            if turn.done() and not turn.cancelled():
                self.leave()  # it had just become this one's turn
            raise

    def leave(self) -> bool:
        """Whether it is somebody's turn now who was waiting."""
        while self._line:
            turn = self._line.popleft()
            if not turn.done():
                turn.set_result(None)
                return True
        self.free += 1
        return False
