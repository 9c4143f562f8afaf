"""The server: uvicorn, that tells the application of its end before it waits for the requests."""

import asyncio
import socket
from collections.abc import Sequence
from functools import cached_property

import uvicorn
from starlette.applications import Starlette

from zhibu.graph.sockets import LARGEST
from zhibu.platform import Platform
from zhibu.web.garbage import Aside
from zhibu.web.protocol import Protocol

GRACE = 6  # seconds that requests may take to end


class Server(uvicorn.Server):
    """What runs is completed, streams end, and nobody who is still asking holds it up.

    `proxies` are the addresses whose word is taken for where a request comes from.
    """

    def __init__(self, app: Starlette, *, proxies: Sequence[str] = ()) -> None:
        self._app = app
        self._built = -1
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                log_level="warning",
                access_log=False,
                http=Protocol,
                server_header=False,
                proxy_headers=bool(proxies),
                forwarded_allow_ips=list(proxies),
                timeout_graceful_shutdown=GRACE,
                timeout_keep_alive=30,
                ws_max_size=LARGEST,
                ws_max_queue=4,
            )
        )

    async def on_tick(self, counter: int) -> bool:
        self._settle()
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        platform = self._platform
        leaving = asyncio.create_task(platform.leave()) if platform else None
        await super().shutdown(sockets)
        if leaving is not None:
            await leaving

    @cached_property
    def _aside(self) -> Aside:
        return Aside()

    @property
    def _platform(self) -> Platform | None:
        return getattr(self._app.state, "platform", None)

    def _settle(self) -> None:
        built = self._platform.answerings.built if self._platform else 0
        asked = bool(self.server_state.tasks)
        self._aside.settle(changed=built != self._built, busy=asked)
        self._built = built
