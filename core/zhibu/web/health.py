"""`/healthz`: the process lives. `/readyz`: it can serve, so that a proxy may send it somebody."""

import asyncio
from collections.abc import Mapping
from functools import cached_property
from time import monotonic

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from zhibu.errors import Unavailable
from zhibu.logs import logger
from zhibu.platform import Platform
from zhibu.storage.migrate import heads

WITHIN = 2.0  # seconds that the database may take to say how it stands
KEPT = 1.0  # seconds for which the answer is told again, however many ask

log = logger("zhibu.health")


class Health:
    """The addresses that monitoring asks. `platform` is set when the server starts."""

    platform: Platform

    def __init__(self) -> None:
        self._asking = asyncio.Lock()
        self._database: tuple[float, bool, bool] = (-KEPT, False, False)

    @property
    def routes(self) -> list[Route]:
        return [Route("/healthz", self.alive), Route("/readyz", self.ready)]

    async def alive(self, request: Request) -> Response:
        """The process answers."""
        return PlainTextResponse("ok")

    async def ready(self, request: Request) -> Response:
        """200 if everything is as it must be, else 503 and what is not; no detail is told."""
        checks = await self.checks()
        ready = all(checks.values())
        said = {name: "ok" if fine else "failed" for name, fine in checks.items()}
        return JSONResponse({"ready": ready, "checks": said}, 200 if ready else 503)

    async def checks(self) -> Mapping[str, bool]:
        platform = self.platform
        database, migrations = await self._databases()
        return {
            "serving": not platform.leaving,
            "database": database,
            "migrations": migrations,
            "schema": self._composed,
            "jobs": platform.jobs.alive or not platform.settings.run_jobs,
        }

    async def _databases(self) -> tuple[bool, bool]:
        """Whether the default home answers, and whether its tables are those of this program."""
        async with self._asking:
            asked, database, migrations = self._database
            if monotonic() - asked >= KEPT:
                database, migrations = await self._asked()
                self._database = monotonic(), database, migrations
        return database, migrations

    async def _asked(self) -> tuple[bool, bool]:
        try:
            async with asyncio.timeout(WITHIN):
                now = await self.platform.homes.default.versions()
        except (Unavailable, TimeoutError):
            return False, False
        return True, all(now.get(name) == head for name, head in self._heads.items())

    @cached_property
    def _heads(self) -> dict[str, str]:
        return heads(self.platform.plugins)

    @cached_property
    def _composed(self) -> bool:
        """Compose what the first request would else wait for; a failure lasts until a restart."""
        platform = self.platform
        dialect = platform.homes.default.dialect
        try:
            for enabled in (frozenset[str](), frozenset(platform.plugins.names)):
                platform.answerings.of(enabled, dialect)
        except Exception:
            log.exception("the schema cannot be composed")
            return False
        return True
