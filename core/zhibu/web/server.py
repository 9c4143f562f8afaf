"""The server: uvicorn, that tells the application of its end before it waits for the requests."""

import asyncio
import socket

import uvicorn
from starlette.applications import Starlette

from zhibu.graph.sockets import LARGEST
from zhibu.platform import Platform
from zhibu.web.protocol import Protocol

GRACE = 6  # seconds that requests may take to end


class Server(uvicorn.Server):
    """What runs is completed, streams end, and nobody who is still asking holds it up."""

    def __init__(self, app: Starlette) -> None:
        self._app = app
        super().__init__(
            uvicorn.Config(
                app,
                log_level="warning",
                http=Protocol,
                server_header=False,
                timeout_graceful_shutdown=GRACE,
                timeout_keep_alive=30,
                ws_max_size=LARGEST,
                ws_max_queue=4,
            )
        )

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        platform: Platform | None = getattr(self._app.state, "platform", None)
        leaving = asyncio.create_task(platform.leave()) if platform else None
        await super().shutdown(sockets)
        if leaving is not None:
            await leaving
