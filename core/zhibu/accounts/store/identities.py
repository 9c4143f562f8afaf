"""Statements on identities that sign-in services know people by."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.accounts.rules.identities import IdentityFacts
from zhibu.accounts.tables import LinkedIdentity
from zhibu.storage.fixed import Fixed, Look, run
from zhibu.storage.violations import unique_violation

_COLUMNS = (
    LinkedIdentity.id,
    LinkedIdentity.account_id,
    LinkedIdentity.provider,
    LinkedIdentity.subject_index,
    LinkedIdentity.subject_masked,
)


async def account_of(
    session: AsyncSession, tenant_id: UUID, provider: str, index: bytes
) -> UUID | None:
    """The account that this identity belongs to."""
    statement = select(LinkedIdentity.account_id).where(
        LinkedIdentity.tenant_id == tenant_id,
        LinkedIdentity.provider == provider,
        LinkedIdentity.subject_index == index,
    )
    return (await session.execute(statement)).scalar()


_LINKED = Fixed(
    select(LinkedIdentity.id)
    .where(
        LinkedIdentity.tenant_id == bindparam("tenant"),
        LinkedIdentity.account_id == bindparam("account"),
    )
    .limit(1)
)


async def linked(session: AsyncSession | Look, tenant_id: UUID, account_id: UUID) -> bool:
    """Whether any sign-in service knows the account."""
    [rows] = await run(session, _LINKED(tenant=tenant_id, account=account_id))
    return bool(rows)


async def find(session: AsyncSession, tenant_id: UUID, id: UUID) -> IdentityFacts | None:
    statement = select(*_COLUMNS).where(
        LinkedIdentity.tenant_id == tenant_id, LinkedIdentity.id == id
    )
    row = (await session.execute(statement)).first()
    if row is None:
        return None
    return IdentityFacts(id=row[0], account_id=row[1], provider=row[2], index=row[3], masked=row[4])


async def add(
    session: AsyncSession, tenant_id: UUID, identity: IdentityFacts, now: datetime
) -> bool:
    """Whether the identity was free; somebody else may have linked it at the same moment."""
    statement = insert(LinkedIdentity).values(
        tenant_id=tenant_id,
        id=identity.id,
        account_id=identity.account_id,
        provider=identity.provider,
        subject_index=identity.index,
        subject_masked=identity.masked,
        linked_at=now,
    )
    try:
        async with session.begin_nested():
            await session.execute(statement)
    except IntegrityError as error:
        if unique_violation(error) != "uq_core_identity_subject":
            raise
        return False
    return True


async def remove(session: AsyncSession, tenant_id: UUID, id: UUID) -> None:
    mine = and_(LinkedIdentity.tenant_id == tenant_id, LinkedIdentity.id == id)
    await session.execute(delete(LinkedIdentity).where(mine))
