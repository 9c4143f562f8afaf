"""Statements on second factors and recovery codes."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.accounts.rules.factors import FactorFacts
from zhibu.accounts.store.holders import holding
from zhibu.accounts.tables import Account, Factor, RecoveryCode
from zhibu.identifiers import new_id
from zhibu.storage.fixed import Fixed, run

_FACTOR = Fixed(
    select(Factor.secret_sealed, Factor.created_at, Factor.confirmed_at, Factor.last_step).where(
        Factor.tenant_id == bindparam("tenant"), Factor.id == bindparam("account")
    )
)


async def factor(session: AsyncSession, tenant_id: UUID, account_id: UUID) -> FactorFacts | None:
    """The account's factor, confirmed or not. Its id is the account's: there is one at most."""
    [rows] = await run(session, _FACTOR(tenant=tenant_id, account=account_id))
    if not rows:
        return None
    row = rows[0]
    return FactorFacts(sealed=row[0], created_at=row[1], confirmed_at=row[2], last_step=row[3])


async def without(
    session: AsyncSession, tenant_id: UUID, roles: Collection[str], on: date
) -> list[str]:
    """The logins of whoever holds one of these roles and has no factor that counts."""
    holders = holding(tenant_id, roles, on).subquery()
    confirmed = select(Factor.id).where(
        Factor.tenant_id == tenant_id, Factor.confirmed_at.is_not(None)
    )
    statement = (
        select(Account.login)
        .where(
            Account.tenant_id == tenant_id,
            Account.id.in_(select(holders.c.account_id)),
            Account.id.not_in(confirmed),
        )
        .order_by(Account.login)
    )
    return list(await session.scalars(statement))


async def put(
    session: AsyncSession, tenant_id: UUID, account_id: UUID, sealed: bytes, now: datetime
) -> None:
    """A factor that waits to be confirmed, instead of one that still does."""
    await remove(session, tenant_id, account_id)
    values = {"secret_sealed": sealed, "created_at": now}
    await session.execute(insert(Factor).values(tenant_id=tenant_id, id=account_id, **values))


async def confirm(session: AsyncSession, tenant_id: UUID, account_id: UUID, now: datetime) -> None:
    mine = and_(Factor.tenant_id == tenant_id, Factor.id == account_id)
    await session.execute(update(Factor).where(mine).values(confirmed_at=now))


async def use_step(session: AsyncSession, tenant_id: UUID, account_id: UUID, step: int) -> bool:
    """Whether the code of this step was not used yet, nor a later one; now it is."""
    mine = and_(Factor.tenant_id == tenant_id, Factor.id == account_id)
    fresh = or_(Factor.last_step.is_(None), Factor.last_step < step)
    statement = update(Factor).where(mine, fresh).values(last_step=step).returning(Factor.id)
    return (await session.execute(statement)).scalar() is not None


async def remove(session: AsyncSession, tenant_id: UUID, account_id: UUID) -> bool:
    """Whether there was a factor; its recovery codes go with it."""
    codes = and_(RecoveryCode.tenant_id == tenant_id, RecoveryCode.account_id == account_id)
    await session.execute(delete(RecoveryCode).where(codes))
    mine = and_(Factor.tenant_id == tenant_id, Factor.id == account_id)
    statement = delete(Factor).where(mine).returning(Factor.id)
    return (await session.execute(statement)).scalar() is not None


async def put_codes(
    session: AsyncSession, tenant_id: UUID, account_id: UUID, digests: Sequence[bytes]
) -> None:
    """Recovery codes instead of those that were given before."""
    codes = and_(RecoveryCode.tenant_id == tenant_id, RecoveryCode.account_id == account_id)
    await session.execute(delete(RecoveryCode).where(codes))
    rows = [
        {"tenant_id": tenant_id, "id": new_id(), "account_id": account_id, "digest": digest}
        for digest in digests
    ]
    await session.execute(insert(RecoveryCode), rows)


async def use_code(
    session: AsyncSession, tenant_id: UUID, account_id: UUID, digest: bytes, now: datetime
) -> bool:
    """Whether it is one of the account's that was not used yet; now it is."""
    mine = and_(
        RecoveryCode.tenant_id == tenant_id,
        RecoveryCode.account_id == account_id,
        RecoveryCode.digest == digest,
        RecoveryCode.used_at.is_(None),
    )
    statement = update(RecoveryCode).where(mine).values(used_at=now).returning(RecoveryCode.id)
    return (await session.execute(statement)).scalar() is not None


async def codes_left(session: AsyncSession, tenant_id: UUID, account_id: UUID) -> int:
    statement = (
        select(func.count())
        .select_from(RecoveryCode)
        .where(RecoveryCode.tenant_id == tenant_id, RecoveryCode.account_id == account_id)
        .where(RecoveryCode.used_at.is_(None))
    )
    found: int = (await session.execute(statement)).scalar_one()
    return found
