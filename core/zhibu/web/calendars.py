"""The days on which something is due, for calendar programs that are given a secret.

`GET /calendar/{secret}.ics`, or `GET /calendar/own.ics` with the secret as the password: an address
is written down in many places, a password in none.
"""

import base64
import binascii

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
_UNKEPT = {"cache-control": "no-store"}


class Calendars:
    """The addresses of calendars. `platform` is set when the server starts."""

    platform: Platform

    @property
    def routes(self) -> list[Route]:
        return [
            Route("/calendar/own.ics", self.own, methods=["GET"]),
            Route("/calendar/{secret}.ics", self.give, methods=["GET"]),
        ]

    async def give(self, request: Request) -> Response:
        """The calendar, or 404 for every secret that opens nothing, whatever the reason."""
        open_ = self.platform.settings.calendar_addresses
        secret = request.path_params["secret"] if open_ else ""
        return await self._answer(request, secret, PlainTextResponse("not found", 404, _UNKEPT))

    async def own(self, request: Request) -> Response:
        """The calendar, or 401 for every password that opens nothing; the user's name is not read.

        RFC 7617.
        """
        headers = {**_UNKEPT, "www-authenticate": 'Basic realm="zhibu", charset="UTF-8"'}
        refusal = PlainTextResponse("unauthorized", 401, headers)
        return await self._answer(request, _password(request.headers.get("authorization")), refusal)

    async def _answer(self, request: Request, secret: str, refusal: Response) -> Response:
        try:
            content = await calendar(self.platform, secret)
        except NotFound:
            return refusal
        except Unavailable:
            return PlainTextResponse("unavailable", 503, headers={"retry-after": "60"})
        headers = {**_KEPT, "etag": etag_of(content)}
        if request.headers.get("if-none-match") == headers["etag"]:
            return Response(status_code=304, headers=headers)
        return Response(content, headers=headers, media_type="text/calendar; charset=utf-8")


def _password(given: str | None) -> str:
    """The password of a header of HTTP Basic, or nothing."""
    scheme, _, value = (given or "").partition(" ")
    try:
        text = base64.b64decode(value, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return text.partition(":")[2] if scheme.lower() == "basic" else ""
