"""What a request to sign in says, and whether it may be one's own."""

from collections.abc import Collection, Mapping
from urllib.parse import parse_qsl

from starlette.requests import Request

from zhibu.accounts.errors import ProviderAbsent, ProviderRefused, SignInLocked
from zhibu.accounts.signing_in import Arrival
from zhibu.graph.context import Visit
from zhibu.graph.endpoint import status_of as plain_status_of
from zhibu.graph.errors import OriginRefused
from zhibu.graph.visiting import first_of_each, same_origin

LARGEST = 20_000  # bytes of a form


def require_own(request: Request, origins: Collection[str]) -> None:
    """A form of another site is refused, whatever the browser sends with it."""
    headers = first_of_each(request.scope["headers"])
    if not same_origin(headers, origins):
        raise OriginRefused(origin=headers[b"origin"].decode("latin-1"))


def require_meant(request: Request) -> None:
    """A page of another site has nobody signed in unless somebody clicked there."""
    headers = first_of_each(request.scope["headers"])
    if headers.get(b"sec-fetch-site") != b"cross-site":
        return
    if (headers.get(b"sec-fetch-user"), headers.get(b"sec-fetch-dest")) != (b"?1", b"document"):
        raise OriginRefused(origin=headers.get(b"referer", b"?").decode("latin-1"))


async def form(request: Request) -> Mapping[str, str]:
    """The fields of a small form. Raises `ProviderRefused` for anything else."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise ProviderRefused()
    try:
        return dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=20))
    except (UnicodeDecodeError, ValueError) as error:
        raise ProviderRefused() from error


def arrival(visit: Visit) -> Arrival:
    """Who knocks, and from where."""
    return Arrival(
        now=visit.now, request_id=visit.request_id, address=visit.address, agent=visit.agent
    )


def status_of(error: Exception) -> int:
    """The HTTP status of a page that says what went wrong."""
    if isinstance(error, ProviderAbsent):
        return 404
    if isinstance(error, SignInLocked):
        return 429
    return plain_status_of(error)
