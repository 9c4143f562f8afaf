"""What a resolver finds in `info.context`: the request, its caller, and the way to act."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from time import perf_counter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from zhibu.act import Act, Caller, TenantFacts
from zhibu.actions import Action
from zhibu.errors import Unauthenticated, ZhibuError
from zhibu.logs.about import Span, current

if TYPE_CHECKING:
    from zhibu.parameters.book import Book
    from zhibu.platform import Platform
    from zhibu.policy import Principal, Scope, Switches
    from zhibu.storage.homes import Home


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """When a watched field is asked again, and whether it is at all.

    `on` are beginnings of event names; `every` is the most seconds between two looks.
    """

    on: tuple[str, ...] = ("",)
    every: float = 15.0
    over: bool = False


@dataclass(kw_only=True)
class Context:
    """One signed-in request. `locale` is the language its texts are in.

    `waiting` is what a watched field says of its next look, `renewed` the credential under which
    the session goes on, and until when. `again` looks anew who is asking, by that credential if it
    is given one.
    """

    platform: "Platform"
    tenant: TenantFacts
    caller: Caller
    switches: "Switches"
    parameters: "Book"
    enabled: frozenset[str]
    home: "Home"
    now: datetime
    request_id: str
    locale: str
    agent: str | None = None
    waiting: Waiting = Waiting()
    renewed: tuple[str, datetime] | None = None
    again: "Callable[[str | None], Awaitable[Context]] | None" = None

    def wait(self, on: tuple[str, ...]) -> None:
        """Whoever watches is to be asked for again after events whose names begin so."""
        self.waiting = Waiting(on=on)

    @property
    def rights_known(self) -> int:
        """Which state of everybody's rights is known here; it changes when they do."""
        return self.platform.credentials.version_of(self.tenant_id)

    async def look_again(self) -> None:
        """Judge the rest of this request by what is recorded now. Raises `Unauthenticated`."""
        if self.again is not None:
            now = await self.again(self.renewed[0] if self.renewed else None)
            self.caller, self.switches, self.parameters = now.caller, now.switches, now.parameters

    @property
    def tenant_id(self) -> UUID:
        return self.tenant.id

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(self.tenant.zone).date()

    @cached_property
    def binds(self) -> Mapping[str, Any]:
        """Values that declarations ask for by name."""
        return {
            "account": self.caller.account_id,
            "member": self.caller.member_id,
            "today_ordinal": self.today.toordinal(),
        }

    @property
    def principal(self) -> "Principal":
        return self.caller.principal

    def scope(self, action: Action | str) -> "Scope":
        return self.platform.policy.scope(self.caller.principal, self.switches, action)

    async def fetch(self, statements: Sequence[tuple[str, Sequence[Any]]]) -> list[list[Any]]:
        if (about := current()) is not None:
            about.statements += len(statements)
            if about.spans is not None:
                return await self._timed(about.spans, statements)
        return await self.home.read(self.tenant_id, statements)

    async def _timed(
        self, spans: list[Span], statements: Sequence[tuple[str, Sequence[Any]]]
    ) -> list[list[Any]]:
        began = perf_counter()
        try:
            return await self.home.read(self.tenant_id, statements)
        finally:
            spans.append(("read", began, perf_counter()))

    def act(self) -> AbstractAsyncContextManager[Act]:
        return self.platform.act(self.tenant, self.caller, now=self.now, request_id=self.request_id)

    def text_of(self, error: ZhibuError) -> str:
        return self.platform.texts.error(error, self.locale)


@dataclass(kw_only=True)
class Visit:
    """A request without a credential: it may ask what is public and sign in, nothing else."""

    platform: "Platform"
    now: datetime
    request_id: str
    wanted: str | None = None
    address: str | None = None
    agent: str | None = None

    @property
    def locale(self) -> str:
        """The language asked for, or the installation's."""
        return self.wanted or self.platform.settings.locale

    @property
    def rights_known(self) -> int:
        """Nobody's."""
        return 0

    @asynccontextmanager
    async def act(self) -> AsyncIterator[Act]:
        raise Unauthenticated()
        yield  # pragma: no cover  # makes this a generator

    def scope(self, action: Action | str) -> "Scope":
        raise Unauthenticated()

    def text_of(self, error: ZhibuError) -> str:
        return self.platform.texts.error(error, self.locale)
