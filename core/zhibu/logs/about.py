"""What a line of the log is about: the request, or the job, that this task works on."""

import os
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from time import perf_counter
from uuid import UUID

from zhibu.events.sensitive import sensitive

_GIVEN = re.compile(rb"[0-9A-Za-z][0-9A-Za-z._-]{7,63}")
_TRACE = re.compile(rb"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")
NO_TRACE = b"0" * 32


Span = tuple[str, float, float]  # what was done, from when until when by `perf_counter`


class About:
    """Facts of one request or job, put together by whoever learns them first."""

    __slots__ = (
        "account",
        "began",
        "job",
        "kind",
        "operation",
        "outcome",
        "parent",
        "request",
        "spans",
        "statements",
        "status",
        "tenant",
    )

    def __init__(self, request: str, *, job: UUID | None = None, tenant: str | None = None) -> None:
        self.request = request
        self.job = job
        self.tenant = tenant
        self.began = perf_counter()
        self.account: UUID | None = None
        self.kind: str | None = None
        self.operation: str | None = None
        self.outcome: str | None = None
        self.parent: bytes | None = None
        self.spans: list[Span] | None = None  # only where somebody traces
        self.statements = 0
        self.status = 0


_CURRENT: ContextVar[About | None] = ContextVar("zhibu.about", default=None)
current = _CURRENT.get
begin = _CURRENT.set
end = _CURRENT.reset


def ended_as(outcome: str) -> None:
    """Say what came of the request that this task works on, if it is one."""
    if (about := _CURRENT.get()) is not None:
        about.outcome = outcome


def spans() -> list[Span] | None:
    """Where to say what was done when, if anybody wants to know."""
    about = _CURRENT.get()
    return None if about is None else about.spans


@asynccontextmanager
async def traced(name: str) -> AsyncIterator[None]:
    """Say from when until when the block ran."""
    began = perf_counter()
    try:
        yield
    finally:
        if (kept := spans()) is not None:
            kept.append((name, began, perf_counter()))


def request_id(headers: Mapping[bytes, bytes]) -> str:
    """The id that a proxy or client gave the request, if it is one, else a new one.

    It is written into logs and ledgers, so a number that may be a person's is no id.
    """
    if (given := headers.get(b"x-request-id")) is not None:
        if _GIVEN.fullmatch(given) and not sensitive(said := given.decode()):
            return said
    elif (
        (trace := headers.get(b"traceparent")) is not None
        and (found := _TRACE.fullmatch(trace))
        and found[1] != NO_TRACE
    ):
        return found[1].decode()
    return os.urandom(8).hex()
