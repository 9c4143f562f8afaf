"""Cookies of this installation: never to be read by scripts, never sent by other sites' forms."""

from collections.abc import Mapping
from datetime import timedelta

from starlette.responses import Response

from zhibu.graph.visiting import COOKIE
from zhibu.settings import Settings

PENDING = "zhibu_pending"
FLOW = "zhibu_flow"


class Cookies:
    """By TLS a cookie's name begins with `__Host-`: no neighbouring site can set it then."""

    def __init__(self, settings: Settings) -> None:
        self._secure = settings.secure_cookies

    def name(self, cookie: str) -> str:
        return f"__Host-{cookie}" if self._secure else cookie

    def read(self, given: Mapping[str, str], cookie: str) -> str | None:
        return given.get(self.name(cookie))

    def put(self, answer: Response, cookie: str, value: str, lasting: timedelta) -> None:
        answer.set_cookie(
            self.name(cookie),
            value,
            max_age=int(lasting.total_seconds()),
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="lax",
        )

    def header(self, cookie: str, value: str, lasting: timedelta) -> tuple[bytes, bytes]:
        """The same as a header, for an answer that is none of the framework's."""
        answer = Response()
        self.put(answer, cookie, value, lasting)
        return next(each for each in answer.raw_headers if each[0] == b"set-cookie")

    def drop(self, answer: Response, cookie: str) -> None:
        answer.delete_cookie(
            self.name(cookie), path="/", secure=self._secure, httponly=True, samesite="lax"
        )


__all__ = ["COOKIE", "FLOW", "PENDING", "Cookies"]
