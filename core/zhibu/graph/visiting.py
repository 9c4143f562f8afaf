"""Who comes to the door: what a request's headers say of language, address and credential."""

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from starlette.requests import cookie_parser
from starlette.types import Scope

from zhibu.graph.context import Visit
from zhibu.logs.about import About, begin, current, request_id

if TYPE_CHECKING:
    from zhibu.platform import Platform

COOKIE = "zhibu_session"

Headers = Mapping[bytes, bytes]


def visit_of(platform: "Platform", scope: Scope, headers: Headers) -> Visit:
    """The request before anybody is signed in."""
    about = current()
    if about is None:
        begin(about := About(request_id(headers)))
    accepted = headers.get(b"accept-language")
    return Visit(
        platform=platform,
        now=platform.clock(),
        request_id=about.request,
        wanted=platform.texts.negotiate(accepted.decode("latin-1")) if accepted else None,
        address=scope["client"][0] if scope.get("client") else None,
        agent=headers.get(b"user-agent", b"").decode("latin-1") or None,
    )


def first_of_each(headers: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Headers by name. Of several with one name the first counts; cookies are joined."""
    found: dict[bytes, bytes] = {}
    for name, value in headers:
        if name not in found:
            found[name] = value
        elif name == b"cookie":
            found[name] += b"; " + value
    return found


def credential_of(headers: Headers, *, secure: bool) -> str | None:
    """The credential a request carries: a bearer token, or the session's cookie.

    By TLS (`secure`) only the cookie that no neighbouring site can set counts.
    """
    authorization = headers.get(b"authorization")
    if authorization and (secret := bearer(authorization.decode("latin-1"))):
        return secret
    if b"cookie" not in headers:
        return None
    found = cookie_parser(headers[b"cookie"].decode("latin-1"))
    return found.get(f"__Host-{COOKIE}" if secure else COOKIE)


def bearer(authorization: str) -> str | None:
    """The token of an `Authorization: Bearer …`."""
    kind, _, secret = authorization.partition(" ")
    return secret.strip() if secret and kind.lower() == "bearer" else None


def same_origin(headers: Headers, allowed: Collection[str]) -> bool:
    """Whether the page that asks, if it is one, came from here or from an allowed place."""
    if not headers.get(b"origin"):
        return True
    origin = headers[b"origin"].decode("latin-1").lower()
    if origin in allowed:
        return True
    host = headers.get(b"host", b"").decode("latin-1").lower()
    return origin in (f"http://{host}", f"https://{host}")


def media_type_of(headers: Headers) -> bytes:
    """The media type of the body, without its parameters."""
    return headers.get(b"content-type", b"").partition(b";")[0].strip().lower()
