"""A port of its own on the loopback address."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

LOOPBACK = "127.0.0.1"


class _Beside(uvicorn.Server):
    """A server within a process that listens to signals already."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def listening(routes: Sequence[Route], port: int) -> AsyncIterator[None]:
    """Serve these while the block runs. Raises `OSError` where somebody else does already."""
    with socket.create_server((LOOPBACK, port)) as listener:
        config = uvicorn.Config(
            Starlette(routes=routes),
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
        )
        server = _Beside(config)
        serving = asyncio.create_task(server.serve([listener]))
        try:
            yield
        finally:
            server.should_exit = True
            await serving
