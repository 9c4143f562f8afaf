"""Letting acts that touch the same organizations count one after the other."""

from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

# Each lock takes room in the server's table of locks: beyond this, one for all of the tenant.
MOST_LOCKED = 50


async def wait_for_others(
    session: AsyncSession, tenant_id: UUID, named: Sequence[UUID] | None
) -> None:
    """Hold these organizations' figures, or with None all of the tenant, until the act is over.

    Advisory locks: locking the organizations' rows would deadlock with acts that hold them shared
    against moving. On SQLite one transaction writes at a time anyway.
    """
    if session.get_bind().dialect.name == "sqlite":
        return
    whole = _key(tenant_id)
    if named is None or len(named) > MOST_LOCKED:
        await session.execute(select(func.pg_advisory_xact_lock(whole)))
        return
    keys = sorted(_key(tenant_id, organization_id) for organization_id in named)
    array = bindparam("keys", keys, ARRAY(BigInteger))
    each = func.unnest(array).table_valued("key")
    await session.execute(
        # The tenant's own lock is asked for first: its row comes before those of the units.
        select(
            func.pg_advisory_xact_lock_shared(whole), func.pg_advisory_xact_lock(each.c.key)
        ).select_from(each)
    )


def _key(tenant_id: UUID, organization_id: UUID | None = None) -> int:
    """A lock's number: 64 bits that two units share about never, and then only wait too long."""
    named = b"zhibu.figures" + tenant_id.bytes + (organization_id.bytes if organization_id else b"")
    return int.from_bytes(sha256(named).digest()[:8], "big", signed=True)
