"""Sessions that belong to one tenant from the first statement on, and their transactions."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError, TimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import Session, SessionTransaction
from sqlalchemy.util.concurrency import await_

from zhibu.storage import written
from zhibu.storage.homes.contract import HomeBusy, OutcomeUnknown
from zhibu.storage.homes.direct import fail, send
from zhibu.storage.homes.faults import refused, unavailable
from zhibu.storage.homes.patience import patient

# Long work fills tables: how a statement was best run when they were empty is soon how it takes
# hours, and nobody tells the server before the work is over.
_PATIENT = [
    ("SET LOCAL statement_timeout = 0", ()),
    ("SET LOCAL plan_cache_mode = force_custom_plan", ()),
]


class TenantMissing(RuntimeError):
    """A session was about to work without knowing whose rows it may touch: a bug."""


class TenantSession(Session):
    """The synchronous half of a session; `info["tenant_id"]` is fixed when it is made."""


@event.listens_for(TenantSession, "after_begin")
def _bind(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    tenant_id = session.info.get("tenant_id")
    if not isinstance(tenant_id, UUID):
        raise TenantMissing("no tenant on this session")
    if not transaction.nested:
        written.begin(session, connection)
    if connection.dialect.name == "postgresql" and not transaction.nested:
        # A SET command, not set_config(): a distributed server forwards only the former.
        settings = [(f"SET LOCAL app.tenant_id = '{tenant_id}'", ())]
        if patient():
            settings += _PATIENT
        try:
            await_(send(connection, settings))
        except BaseException as error:
            fail(connection, error, settings[0])


def tenant_session(engine: AsyncEngine, tenant_id: UUID) -> AsyncSession:
    """A session that sees one tenant. Nothing is sent before it is used."""
    return AsyncSession(
        engine,
        sync_session_class=TenantSession,
        expire_on_commit=False,
        info={"tenant_id": tenant_id},
    )


def plain_session(engine: AsyncEngine) -> AsyncSession:
    """A session for control tables; under row-level security it sees no tenant's rows at all."""
    return AsyncSession(engine, expire_on_commit=False)


@asynccontextmanager
async def transaction(
    session: AsyncSession, *, wait: float, options: dict[str, Any] | None = None
) -> AsyncIterator[AsyncSession]:
    """One transaction: committed when the block ends, rolled back when it raises anything.

    It begins at once, so that a database that is away is noticed before anything is done, and a
    connection that died in the pool is replaced unseen. Raises subclasses of `Unavailable`.
    """
    outcome: OutcomeUnknown | None = None
    try:
        async with session:  # what is broken may refuse to be given back, too
            try:
                await _begin(session, options or {})
                yield session
                await _commit(session)
            except OutcomeUnknown as error:
                outcome = error
                raise
    except DBAPIError as error:
        raise outcome or unavailable(error, wait) or error from error
    except TimeoutError as error:
        raise HomeBusy(seconds=wait) from error


async def _begin(session: AsyncSession, options: dict[str, Any]) -> None:
    try:
        await session.connection(execution_options=options)
    except DBAPIError as error:
        if not error.connection_invalidated or refused(error):
            raise
        await session.rollback()
        await session.connection(execution_options=options)


async def _commit(session: AsyncSession) -> None:
    await session.flush()
    try:
        await session.commit()
    except DBAPIError as error:
        if error.connection_invalidated:
            raise OutcomeUnknown() from error
        raise
