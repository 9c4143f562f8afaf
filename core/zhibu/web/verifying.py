"""`GET /verify/{token}`: whether a paper holds, for anybody who has it in his hands.

Whatever is not known is one answer, and takes as long: a false code, another installation's, a
paper that is not there. Nobody is told which, and nobody is asked who he is.
"""

import asyncio
from html import escape
from time import monotonic

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from zhibu.errors import Unavailable
from zhibu.graph.context import Visit
from zhibu.graph.errors import QueryTooExpensive, RateLimited
from zhibu.graph.visiting import first_of_each, visit_of
from zhibu.platform import Platform
from zhibu.verifying.service import verdict
from zhibu.verifying.tokens import Verdict
from zhibu.web.sign_in.pages import POLICY, STYLE

COST = 100  # of what a visitor may ask: twenty at once, then one every other second


class Verifying:
    """The address of papers. `platform` is set when the server starts."""

    platform: Platform

    @property
    def routes(self) -> list[Route]:
        return [Route("/verify/{token}", self.show, methods=["GET"])]

    async def show(self, request: Request) -> Response:
        """200 and what is known of the paper, or 404."""
        platform, began = self.platform, monotonic()
        visit = visit_of(platform, request.scope, first_of_each(request.scope["headers"]))
        try:
            platform.rates.spend(visit, COST)
        except (RateLimited, QueryTooExpensive) as error:  # the other where hardly any is allowed
            waiting = {"retry-after": str(error.facts.get("seconds", 60))}
            return _page(visit, _said(visit, "verify.busy"), 429, waiting)
        try:
            async with platform.visitors.turn(platform.settings.answer_within):
                found = await verdict(platform, request.path_params["token"])
        except Unavailable:
            return _page(visit, _said(visit, "verify.busy"), 503, {"retry-after": "60"})
        await asyncio.sleep(max(0.0, began + platform.attempts.answer_after - monotonic()))
        if found is None:
            return _page(visit, _said(visit, "verify.unknown"), 404)
        return _page(visit, _told(visit, found), 200)


def _said(visit: Visit, key: str) -> str:
    text = visit.platform.texts.of("pages", key, visit.locale)
    return f'<p role="alert">{escape(text)}</p>'


def _told(visit: Visit, found: Verdict) -> str:
    texts, locale = visit.platform.texts, visit.locale
    role = "status" if found.holds else "alert"
    state = escape(texts.of("labels", found.state, locale))
    facts = "".join(
        f"<dt>{escape(texts.of('labels', label, locale))}</dt><dd>{escape(value)}</dd>"
        for label, value in found.facts
    )
    return f'<p role="{role}"><strong>{state}</strong></p><dl>{facts}</dl>'


def _page(
    visit: Visit, body: str, status: int, headers: dict[str, str] | None = None
) -> HTMLResponse:
    title = escape(visit.platform.texts.of("pages", "verify.title", visit.locale))
    return HTMLResponse(
        f'<!doctype html><html lang="{escape(visit.locale)}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta name="robots" content="noindex">'
        f"<title>{title}</title><style>{STYLE}</style><h1>{title}</h1>{body}</html>",
        status,
        headers={"content-security-policy": POLICY, **(headers or {})},
    )
