"""The web application, whole: every address it answers, on one page."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute
from starlette.types import Message, Receive, Scope, Send

from zhibu.graph.admission import Crowd
from zhibu.graph.endpoint import Endpoint, Observer
from zhibu.graph.sockets import Sockets
from zhibu.graph.visiting import first_of_each
from zhibu.jobs.running import GRACE
from zhibu.logs.about import About, begin, request_id
from zhibu.metrics import PATH, Meters, Page
from zhibu.platform import Platform
from zhibu.plugins import Plugins
from zhibu.rounds import anchor, resume
from zhibu.settings import Settings
from zhibu.tracing import Tracing
from zhibu.web import explorer
from zhibu.web.calendars import Calendars
from zhibu.web.files import Files
from zhibu.web.guards import guarded, guards_of
from zhibu.web.health import Health
from zhibu.web.pages import Pages
from zhibu.web.sign_in import SignIn
from zhibu.web.verifying import Verifying

ALWAYS = ("/healthz", "/readyz", PATH)  # whoever watches asks when too much is going on as well
METHODS = {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}
PLACES = {"calendar", "explorer", "files", "graphql", "sign-in", "verify"}


class Application(Starlette):
    """Starlette, but what is asked of `/graphql` goes straight there: most requests do."""

    def __init__(self, endpoint: Endpoint, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._lasting(scope, receive, send)
            return
        path, endpoint = scope["path"], self.endpoint
        if endpoint.crowd.full and path not in ALWAYS:
            endpoint.crowd.refused += 1
            await send_away(guarded(send, endpoint.guards))
        elif path == "/graphql" and scope["method"] == "POST":
            await endpoint(scope, receive, send)
        else:
            with endpoint.crowd:
                await self._beside(scope, receive, guarded(send, endpoint.guards))

    async def _lasting(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A socket, told of once it has ended; or the application's own life."""
        if scope["type"] != "websocket":
            await super().__call__(scope, receive, send)
            return
        about = About(request_id(first_of_each(scope["headers"])))
        begin(about)
        about.status, about.operation, about.kind = 101, "socket", "subscription"
        try:
            await super().__call__(scope, receive, send)
        finally:
            for observe in self.endpoint.observers:
                observe(about)

    async def _beside(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What is no question to the API: files, calendars, pages, and whether all is well."""
        about = About(request_id(first_of_each(scope["headers"])))
        begin(about)
        about.operation = label_of(scope)

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                about.status = message["status"]
            await send(message)

        try:
            await super().__call__(scope, receive, noted)
        except Exception:
            about.status = 500
            raise
        finally:
            if scope["path"] not in ALWAYS:
                for observe in self.endpoint.observers:
                    observe(about)


def create_app(
    settings: Settings,
    plugins: Plugins | None = None,
    observers: Sequence[Observer] = (),
) -> Starlette:
    """The application of one installation; it opens the platform when the server starts."""
    crowd, meters = Crowd(settings.most_requests), Meters(settings.metrics_tenants)
    metered = bool(settings.metrics_port or settings.metrics_token)
    if metered:
        observers = [*observers, meters]
    tracing = Tracing.of(settings)
    if tracing is not None:
        observers = [*observers, tracing]
    endpoint = Endpoint(crowd, guards_of(settings), observers, traced=tracing is not None)
    page = Page(meters, crowd)
    files, sockets, calendars, pages = Files(), Sockets(), Calendars(), Pages()
    sign_in, health, verifying = SignIn(), Health(), Verifying()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        platform = await Platform.open(settings, plugins)
        app.state.platform = endpoint.platform = files.platform = platform
        sockets.platform = calendars.platform = sign_in.platform = platform
        health.platform = page.platform = pages.platform = platform
        verifying.platform = platform
        app.state.resuming = resuming = asyncio.create_task(resume(platform))
        if settings.run_jobs:
            await platform.jobs.start()
        try:
            async with page.served(settings.metrics_port):
                yield
        finally:
            await platform.leave()
            if settings.run_jobs:
                await anchor(platform)
            await asyncio.wait({resuming}, timeout=GRACE)
            resuming.cancel()
            await asyncio.gather(resuming, return_exceptions=True)
            await platform.close()

    return Application(
        endpoint,
        routes=[
            Route("/graphql", endpoint, methods=["POST"]),
            WebSocketRoute("/graphql", sockets),
            *files.routes,
            *calendars.routes,
            *pages.routes,
            *sign_in.routes,
            *verifying.routes,
            *explorer.ROUTES,
            *health.routes,
            *page.routes(settings.metrics_token),
        ],
        lifespan=lifespan,
    )


def label_of(scope: Scope) -> str:
    """What is asked, by the address as we know it: what follows in it may be a secret."""
    method, first = scope["method"], scope["path"].split("/", 2)[1:2]
    known = method if method in METHODS else "?"
    return f"{known} /{first[0]}" if first and first[0] in PLACES else known


async def send_away(send: Send) -> None:
    """503 to whoever comes while too many are here: the least that is an answer."""
    headers = [(b"content-length", b"0"), (b"retry-after", b"2"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body"})
