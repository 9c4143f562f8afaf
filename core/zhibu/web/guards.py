"""Headers that keep an answer out of caches, frames and other sites' pages."""

from collections.abc import Iterable

from starlette.types import Message, Send

from zhibu.settings import Settings

Headers = tuple[tuple[bytes, bytes], ...]

# What is no page may do nothing at all in a browser.
GUARDS: Headers = (
    (b"cache-control", b"no-store"),
    (
        b"content-security-policy",
        b"default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox",
    ),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)


def guards_of(settings: Settings) -> Headers:
    """The headers of every answer; a site that is reached by TLS alone says so for a while."""
    if not settings.hsts:
        return GUARDS
    lasting = b"max-age=%d; includeSubDomains" % settings.hsts
    return (*GUARDS, (b"strict-transport-security", lasting))


def guarded(send: Send, guards: Iterable[tuple[bytes, bytes]]) -> Send:
    """Send, adding the guards that an answer does not set itself."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            said = list(message.get("headers", ()))
            own = {name.lower() for name, _ in said}
            said += [(name, value) for name, value in guards if name not in own]
            message = {**message, "headers": said}
        await send(message)

    return sent
