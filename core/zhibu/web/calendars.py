"""`GET /calendar/{secret}.ics`: the days on which something is due, at a secret address."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from zhibu.due.service.feeds import calendar, etag_of
from zhibu.errors import NotFound, Unavailable
from zhibu.platform import Platform

_KEPT = {
    "cache-control": "private, max-age=3600",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex",
}


class Calendars:
    """The address of calendars. `platform` is set when the server starts."""

    platform: Platform

    @property
    def routes(self) -> list[Route]:
        return [Route("/calendar/{secret}.ics", self.give, methods=["GET"])]

    async def give(self, request: Request) -> Response:
        """The calendar, or 404 for every secret that opens nothing, whatever the reason."""
        try:
            content = await calendar(self.platform, request.path_params["secret"])
        except NotFound:
            return PlainTextResponse("not found", 404, headers={"cache-control": "no-store"})
        except Unavailable:
            return PlainTextResponse("unavailable", 503, headers={"retry-after": "60"})
        headers = {**_KEPT, "etag": etag_of(content)}
        if request.headers.get("if-none-match") == headers["etag"]:
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers, media_type="text/calendar; charset=utf-8")
