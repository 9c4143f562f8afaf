"""A subscription while it lasts, whatever it is carried by."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from zhibu.graph.context import Context, Visit
from zhibu.graph.errors import Overloaded, RateLimited, TooManyStreams

if TYPE_CHECKING:
    from zhibu.platform import Platform


@dataclass(kw_only=True)
class Pace:
    """How often a stream looks again, in seconds.

    `recheck` is the longest time for which a credential that ended goes unnoticed, `least` the
    shortest between two looks, `begin` how long a connection may take to say who it is, and `send`
    how long a reader may take to read.
    """

    recheck: float = 15.0
    least: float = 0.25
    begin: float = 5.0
    send: float = 10.0


class Leaving(Exception):
    """The server ends; what is watched is watched elsewhere."""


class Streams:
    """How many streams there are, of one credential and at all."""

    def __init__(self, *, of_one: int = 40, of_all: int = 2000) -> None:
        self.pace = Pace()
        self.leaving = False
        self._of_one = of_one
        self._of_all = of_all
        self._open: Counter[UUID] = Counter()

    @property
    def count(self) -> int:
        return self._open.total()

    @contextmanager
    def opened(self, context: Context) -> Iterator[None]:
        """Count a stream while it lasts. Raises `TooManyStreams`."""
        key = context.caller.credential_id or context.tenant_id
        if self._open[key] >= self._of_one or self._open.total() >= self._of_all:
            raise TooManyStreams(limit=self._of_one)
        self._open[key] += 1
        try:
            yield
        finally:
            self._open[key] -= 1
            self._open += Counter()  # drops what has come to nothing


async def stream(
    platform: "Platform", credential: str, visit: Visit, asked: Mapping[str, Any]
) -> AsyncGenerator[bytes | None, None]:
    """Every answer that differs from the one before; None where nothing was new.

    Ends with the answer that is the last or that holds errors. Raises what the first question
    raises, `TooManyStreams`, `Unauthenticated` as soon as the credential has ended, and `Leaving`.
    """
    pace, shown = platform.streams.pace, None
    context = await platform.context(credential, visit, used=True)
    with platform.streams.opened(context):
        async with platform.changes.watch(context.tenant_id) as watch:
            while True:
                watch.clear()
                try:
                    answer = await _looked(platform, context, asked)
                except (RateLimited, Overloaded) as error:
                    if shown is None:
                        raise
                    answer = shown
                    await asyncio.sleep(min(error.facts.get("seconds", 1.0), pace.recheck))
                yield None if answer == shown else answer
                shown = answer
                if context.waiting.over:
                    return
                watch.on = context.waiting.on
                await asyncio.sleep(pace.least)
                await watch.changed(min(context.waiting.every, pace.recheck))
                if platform.streams.leaving:
                    raise Leaving()
                visit = replace(visit, now=platform.clock())
                context = await platform.context(credential, visit, used=False)


async def _looked(platform: "Platform", context: Context, asked: Mapping[str, Any]) -> bytes:
    """One look, for which there is as much room and time as for any other request."""
    async with platform.door.turn(platform.settings.answer_within):
        return await platform.answering(context).look(context, asked)
