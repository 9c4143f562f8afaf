"""What a client posts to `/graphql`, without a server, and without a client library either: that
would take as long as many an answer.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from starlette.types import ASGIApp, Message


async def posted(app: ASGIApp, body: bytes, headers: Mapping[str, str]) -> bytes:
    """The body of what `POST /graphql` answers."""
    answered = asyncio.get_running_loop().create_future()
    parts: list[bytes] = []
    unread = [body]

    async def receive() -> Message:
        if unread:
            return {"type": "http.request", "body": unread.pop(), "more_body": False}
        await answered  # whoever asks has no more to say, and stays
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        parts.append(message.get("body", b""))

    given = {"host": "zhibu", "content-type": "application/json", **headers}
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "client": ("127.0.0.1", 1),
        "server": ("zhibu", 80),
    }
    try:
        await app(scope, receive, send)
    finally:
        answered.cancel()
    return b"".join(parts)
