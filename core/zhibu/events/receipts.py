"""Receipts: a mutation with an idempotency key is done once and answered alike ever after."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.events.errors import IdempotencyKeyReused
from zhibu.events.tables import Receipt
from zhibu.storage.upsert import insert_or

KEPT = timedelta(days=7)

_RECEIPTS: Any = Receipt.__table__


async def recall(
    session: AsyncSession,
    tenant_id: UUID,
    account_id: UUID,
    key: str,
    mutation: str,
    digest: bytes,
    now: datetime | None = None,
) -> dict[str, Any] | None:
    """The answer given before, or None: then the key is this transaction's until it ends.

    A duplicate that arrives meanwhile waits here for the outcome: the answer if the first one is
    committed, its own turn if that was rolled back. A receipt older than `KEPT` counts no more.
    Raises `IdempotencyKeyReused` when the key came with another mutation or another input.
    """
    at = now or datetime.now(UTC)
    claim = {
        "tenant_id": tenant_id,
        "account_id": account_id,
        "key": key,
        "mutation": mutation,
        "digest": digest,
        "answer": {},
        "at": at,
    }
    claimed = await session.execute(
        insert_or(session, _RECEIPTS)
        .values(claim)
        .on_conflict_do_update(
            index_elements=["tenant_id", "account_id", "key"],
            set_={"mutation": mutation, "digest": digest, "answer": {}, "at": at},
            where=_RECEIPTS.c.at < at - KEPT,
        )
        .returning(_RECEIPTS.c.key)
    )
    if claimed.one_or_none() is not None:
        return None
    query = select(_RECEIPTS.c.mutation, _RECEIPTS.c.digest, _RECEIPTS.c.answer)
    known = (await session.execute(query.where(*_at(tenant_id, account_id, key)))).one()
    if (known.mutation, known.digest) != (mutation, digest):
        raise IdempotencyKeyReused(path=("idempotencyKey",), key=key)
    return dict(known.answer)


async def keep(
    session: AsyncSession,
    tenant_id: UUID,
    account_id: UUID,
    key: str,
    mutation: str,
    digest: bytes,
    answer: Mapping[str, Any],
    now: datetime,
) -> None:
    """Fill in the answer of a key that `recall` claimed in this transaction."""
    await session.execute(
        update(_RECEIPTS)
        .where(*_at(tenant_id, account_id, key))
        .values(mutation=mutation, digest=digest, answer=dict(answer), at=now)
    )


async def sweep(session: AsyncSession, tenant_id: UUID, now: datetime) -> None:
    """Throw away receipts that count no more."""
    await session.execute(
        delete(_RECEIPTS).where(_RECEIPTS.c.tenant_id == tenant_id, _RECEIPTS.c.at < now - KEPT)
    )


def _at(tenant_id: UUID, account_id: UUID, key: str) -> tuple[Any, ...]:
    return (
        _RECEIPTS.c.tenant_id == tenant_id,
        _RECEIPTS.c.account_id == account_id,
        _RECEIPTS.c.key == key,
    )
