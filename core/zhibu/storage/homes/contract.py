"""What every home of a tenant offers, whatever database it is made of."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Literal, Protocol
from uuid import UUID

from sqlalchemy import Dialect
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.errors import Invalid, Unavailable

Statement = tuple[str, Sequence[Any]]
Rows = list[tuple[Any, ...]]


class HomeUnreachable(Unavailable):
    """The database does not answer, or answers that it cannot work now. Facts: `fault`."""

    code = "core.home_unreachable"


class HomeBusy(Unavailable):
    """Others kept the database busy for longer than we wait. Facts: `seconds`."""

    code = "core.home_busy"


class ChangesCollided(Unavailable):
    """Two acts each held what the other was waiting for; the database ended this one."""

    code = "core.changes_collided"


class QuestionTooLong(Unavailable):
    """The database worked on it for longer than a request may take. Facts: `seconds`."""

    code = "core.question_too_long"


class QuestionTooIntricate(Invalid):
    """The database cannot take in what one part of the document asks for."""

    code = "core.question_too_intricate"


class HomeMissing(Unavailable):
    """Nothing was ever created for this tenant here. Facts: `tenant_id`."""

    code = "core.home_missing"


class HomeNotMigrated(Unavailable):
    """The tables are not there yet: `zhibu migrate` has not run. Facts: `fault`."""

    code = "core.home_not_migrated"


class HomeUnknown(Unavailable):
    """A tenant is placed in a home that the settings do not name. Facts: `home`."""

    code = "core.home_unknown"


class OutcomeUnknown(Unavailable):
    """The connection broke while the act was being committed: it may or may not have happened."""

    code = "core.outcome_unknown"


class Home(Protocol):
    """Where the rows of tenants live. Every way in names the tenant.

    `dialect` compiles what `read` is given; its parameters are positional (`?` or `%s`).
    All methods raise subclasses of `Unavailable` when the database cannot be used now.
    """

    name: Literal["sqlite", "postgresql"]
    dialect: Dialect

    @property
    def in_use(self) -> Mapping[str, int]:
        """How many connections, or opened files, are in use, by what for."""
        ...

    async def versions(self) -> Mapping[str, str]:
        """The revision that each history stands at, asked of the database anew."""
        ...

    async def read(self, tenant_id: UUID, statements: Sequence[Statement]) -> list[Rows]:
        """Run all statements in one read-only transaction; one list of rows for each of them.

        Parameters and rows are the driver's own values: the dialect's bind and result processors
        are the caller's business.
        """
        ...

    def act(self, tenant_id: UUID) -> AbstractAsyncContextManager[AsyncSession]:
        """A write transaction: committed when the block ends, rolled back when it raises."""
        ...

    def view(self, tenant_id: UUID) -> AbstractAsyncContextManager[AsyncSession]:
        """A read-only transaction for what is not a plain statement; writing in it fails."""
        ...

    async def listen(self, channel: str, heard: Callable[[str], None]) -> None:
        """Tell `heard` what is sent to a channel, once it is committed, until cancelled.

        Nothing is, where no server can tell: whoever waits looks by itself from time to time.
        """
        ...

    async def create(self, tenant_id: UUID) -> None:
        """Make room for a tenant. Does nothing when it is already there."""
        ...

    async def exists(self, tenant_id: UUID) -> bool:
        """Whether there is room for this tenant here; on PostgreSQL there always is."""
        ...

    async def close(self) -> None: ...
