"""The page that monitoring reads, and the two places where it may be."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cached_property
from hmac import compare_digest
from time import monotonic
from typing import TYPE_CHECKING, Self

from prometheus_client import CollectorRegistry, GCCollector, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from zhibu.errors import Unavailable
from zhibu.graph.visiting import bearer
from zhibu.metrics.collecting import Numbers
from zhibu.metrics.listening import listening
from zhibu.metrics.meters import Meters
from zhibu.metrics.standing import standing

if TYPE_CHECKING:
    from zhibu.graph.admission import Crowd
    from zhibu.platform import Platform

EVERY = 30.0  # seconds for which what the databases said is told again
PATH = "/metrics"


class Page:
    """Everything there is to read of one process. `platform` is set when the server starts."""

    platform: "Platform"

    def __init__(self, meters: Meters, crowd: "Crowd | None" = None) -> None:
        self._meters = meters
        self._crowd = crowd
        self._registry = CollectorRegistry()
        self._asked = -EVERY
        self._asking = asyncio.Lock()

    @classmethod
    def of(cls, platform: "Platform") -> Self:
        """The page of a process that serves nobody."""
        page = cls(Meters())
        page.platform = platform
        return page

    def routes(self, token: str | None) -> list[Route]:
        """The page beside everything else, for whoever has the token; without one, nowhere."""
        if not token:
            return []

        async def give(request: Request) -> Response:
            given = bearer(request.headers.get("authorization", "")) or ""
            if not compare_digest(given.encode(), token.encode()):
                return Response(status_code=401, headers={"www-authenticate": "Bearer"})
            return await self.give(request)

        return [Route(PATH, give, methods=["GET"])]

    @asynccontextmanager
    async def served(self, port: int) -> AsyncIterator[None]:
        """While the block runs, the page is at this port of the loopback address; 0 is nowhere."""
        if not port:
            yield
            return
        async with listening([Route(PATH, self.give, methods=["GET"])], port):
            yield

    async def give(self, request: Request) -> Response:
        return Response(await self.text(), media_type=CONTENT_TYPE_LATEST)

    async def text(self) -> bytes:
        """The numbers as they stand; those of databases may be half a minute old."""
        async with self._asking:
            numbers = self._numbers
            if monotonic() - self._asked >= EVERY:
                try:
                    numbers.standing = await standing(self.platform)
                except Unavailable:
                    # The directory itself is away: what was known stays, and nobody answers.
                    numbers.standing.away = numbers.standing.tenants
                self._asked = monotonic()
        return generate_latest(self._registry)

    @cached_property
    def _numbers(self) -> Numbers:
        numbers = Numbers(self.platform, self._meters, self._crowd)
        self._registry.register(numbers)
        ProcessCollector(registry=self._registry)
        GCCollector(registry=self._registry)
        return numbers
