"""The web application, whole: every address it answers, on one page."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from zhibu.graph.endpoint import Endpoint
from zhibu.platform import Platform
from zhibu.plugins import Plugins
from zhibu.settings import Settings


def create_app(settings: Settings, plugins: Plugins | None = None) -> Starlette:
    """The application of one installation; it opens the platform when the server starts."""
    endpoint = Endpoint()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        platform = await Platform.open(settings, plugins)
        app.state.platform = endpoint.platform = platform
        try:
            yield
        finally:
            await platform.close()

    return Starlette(
        routes=[
            Route("/graphql", endpoint, methods=["POST"]),
            Route("/healthz", healthy),
        ],
        lifespan=lifespan,
    )


async def healthy(request: Request) -> Response:
    """The process answers."""
    return PlainTextResponse("ok")
