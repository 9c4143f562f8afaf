"""`/sign-in/…`: begin at a service, come back from it, the second factor, and out again."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from zhibu.accounts.errors import (
    CodeWrong,
    CredentialEnded,
    ProviderAbsent,
    ProviderAway,
)
from zhibu.accounts.providers.configured import CAS, OIDC, Provider
from zhibu.accounts.service import sessions
from zhibu.accounts.signing_in import SignedIn, confirm
from zhibu.accounts.signing_in.by_provider import by_provider, returning, signed_out_there
from zhibu.errors import Unauthenticated
from zhibu.graph.context import Visit
from zhibu.graph.cookies import COOKIE, FLOW, PENDING, Cookies
from zhibu.graph.errors import entry_of
from zhibu.graph.visiting import first_of_each, visit_of
from zhibu.platform import Platform
from zhibu.web.sign_in import arriving, flows, pages

Handler = Callable[["SignIn", Request, Visit], Awaitable[Response]]


class SignIn:
    """The addresses. `platform` is set at the start."""

    platform: Platform

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/sign-in/providers", self._guarded(_listed)),
            Route("/sign-in/confirm", self._guarded(_asked)),
            Route("/sign-in/confirm", self._guarded(_confirmed), methods=["POST"]),
            Route("/sign-in/sign-out", self._guarded(_left), methods=["POST"]),
            Route("/sign-in/{provider}/start", self._guarded(_started)),
            Route("/sign-in/{provider}/callback", self._guarded(_returned)),
            Route("/sign-in/{provider}/callback", self._guarded(_told_by_cas), methods=["POST"]),
            Route("/sign-in/{provider}/ended", self._guarded(_told), methods=["POST"]),
        ]

    @property
    def cookies(self) -> Cookies:
        return Cookies(self.platform.settings)

    def _guarded(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        """What it answers, or a page that says what went wrong."""

        async def answer(request: Request) -> Response:
            platform = self.platform
            visit = visit_of(platform, request.scope, first_of_each(request.scope["headers"]))
            try:
                async with platform.visitors.turn(platform.settings.answer_within):
                    return await handler(self, request, visit)
            except Exception as error:
                said = entry_of(error, visit)["message"]
                return pages.telling(platform.texts, visit.locale, said, arriving.status_of(error))

        return answer


async def _listed(web: SignIn, request: Request, visit: Visit) -> Response:
    """The services of an institution, for a page that offers them."""
    found = web.platform.providers.of(request.query_params.get("tenant", "").strip().casefold())
    return JSONResponse(
        [
            {"name": each.name, "title": each.title, "start": f"/sign-in/{each.name}/start"}
            for each in found
        ]
    )


async def _started(web: SignIn, request: Request, visit: Visit) -> Response:
    platform, provider = web.platform, _provider(web, request)
    arriving.require_meant(request)
    flow = flows.begun(provider.name)
    address = await platform.providers.language(provider).address(flow)
    answer = RedirectResponse(address, 303)
    kept = flows.kept(platform.keyring, flow, visit.now)
    web.cookies.put(answer, f"{FLOW}_{flows.key_of(flow.state)}", kept, flows.LASTING)
    return answer


async def _returned(web: SignIn, request: Request, visit: Visit) -> Response:
    platform, provider, cookies = web.platform, _provider(web, request), web.cookies
    given = dict(request.query_params)
    state = given.get("state", "")
    cookie = f"{FLOW}_{flows.key_of(state)}"
    kept = cookies.read(request.cookies, cookie)
    # What was not begun in this browser asks the service nothing, so it is not counted either:
    # pages of strangers could lock a whole office out.
    flow = flows.found(platform.keyring, provider.name, kept, state, visit.now)
    async with returning(platform, arriving.arrival(visit), provider) as tenant:
        language = platform.providers.language(provider)
        identity = await language.identity(flow, given, visit.now)
        signed_in = await by_provider(platform, arriving.arrival(visit), tenant, provider, identity)
    await _end_former(web, request, visit)
    answer = _entered(web, signed_in, provider.return_to, visit.now)
    cookies.drop(answer, cookie)
    return answer


async def _asked(web: SignIn, request: Request, visit: Visit) -> Response:
    if web.cookies.read(request.cookies, PENDING) is None:
        raise CredentialEnded()
    return pages.asking(web.platform.texts, visit.locale)


async def _confirmed(web: SignIn, request: Request, visit: Visit) -> Response:
    platform, cookies = web.platform, web.cookies
    arriving.require_own(request, web.platform.settings.origins)
    pending = cookies.read(request.cookies, PENDING)
    if pending is None:
        raise CredentialEnded()
    code = (await arriving.form(request)).get("code", "")
    try:
        signed_in = await confirm(platform, arriving.arrival(visit), pending=pending, code=code)
    except CodeWrong as error:
        said = platform.texts.error(error, visit.locale)
        return pages.asking(platform.texts, visit.locale, fault=said, status=401)
    await _end_former(web, request, visit)
    answer = _entered(web, signed_in, _page_after(web, signed_in), visit.now)
    cookies.drop(answer, PENDING)
    return answer


async def _left(web: SignIn, request: Request, visit: Visit) -> Response:
    """Out here, and at the service if the session came through one that can be told."""
    platform, cookies = web.platform, web.cookies
    arriving.require_own(request, web.platform.settings.origins)
    address = "/explorer"
    through = await _end_former(web, request, visit)
    if through is not None:
        with suppress(ProviderAbsent, ProviderAway):  # then it cannot be ended there
            provider = platform.providers[through]
            address = await platform.providers.language(provider).leaving() or address
    answer = RedirectResponse(address, 303)
    cookies.drop(answer, COOKIE)
    return answer


async def _told_by_cas(web: SignIn, request: Request, visit: Visit) -> Response:
    return await _told_of(web, request, visit, CAS)


async def _told(web: SignIn, request: Request, visit: Visit) -> Response:
    return await _told_of(web, request, visit, OIDC)


async def _told_of(web: SignIn, request: Request, visit: Visit, kind: str) -> Response:
    """The service tells of a sign-out, behind the browser's back: no page ever does."""
    arriving.require_own(request, web.platform.settings.origins)
    platform, provider = web.platform, _provider(web, request)
    if provider.kind != kind:
        raise ProviderAbsent()
    given = await arriving.form(request)
    ended = await platform.providers.language(provider).ended(given, visit.now)
    await signed_out_there(platform, arriving.arrival(visit), provider, ended)
    return Response(status_code=204)


async def _end_former(web: SignIn, request: Request, visit: Visit) -> str | None:
    """End the session of the browser's cookie, if there is one; the service that it came through.

    Whoever signs in leaves none behind that he could no more see.
    """
    credential = web.cookies.read(request.cookies, COOKIE)
    if credential is None:
        return None
    try:
        context = await web.platform.context(credential, visit)
    except Unauthenticated:
        return None  # it has ended already
    async with context.act() as act:
        through = await sessions.came_through(act)
        await sessions.sign_out(act)
    return through


def _entered(web: SignIn, signed_in: SignedIn, page: str, now: datetime) -> Response:
    """On to the page, or to the second factor first. The session is in a cookie."""
    answer = RedirectResponse("/sign-in/confirm" if signed_in.pending else page, 303)
    cookie = PENDING if signed_in.pending else COOKIE
    web.cookies.put(answer, cookie, signed_in.text, signed_in.expires_at - now)
    return answer


def _page_after(web: SignIn, signed_in: SignedIn) -> str:
    provider = web.platform.providers.configured.get(signed_in.provider or "")
    return provider.return_to if provider is not None else "/explorer"


def _provider(web: SignIn, request: Request) -> Provider:
    return web.platform.providers[request.path_params["provider"]]
