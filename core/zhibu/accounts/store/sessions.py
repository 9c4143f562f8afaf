"""Statements on sessions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.accounts.rules.credentials import SessionFacts
from zhibu.accounts.rules.identities import Through
from zhibu.accounts.tables import SignIn
from zhibu.storage.fixed import Fixed, run

COLUMNS = (
    SignIn.id,
    SignIn.account_id,
    SignIn.oversight_id,
    SignIn.overseer,
    SignIn.address,
    SignIn.created_at,
    SignIn.seen_at,
    SignIn.expires_at,
    SignIn.ended_at,
    SignIn.agent,
    SignIn.idle_minutes,
    SignIn.password_due,
    SignIn.pending,
    SignIn.proven_at,
    SignIn.provider,
    SignIn.provider_session,
)
_WHOLE = or_(SignIn.pending.is_(None), SignIn.pending.is_(False))
_ADD = Fixed(insert(SignIn))
_FIND = Fixed(
    select(*COLUMNS).where(
        SignIn.tenant_id == bindparam("tenant"), SignIn.id == bindparam("session")
    )
)
_FAMILIAR = Fixed(
    select(SignIn.id)
    .where(SignIn.tenant_id == bindparam("tenant"), SignIn.address == bindparam("address"))
    .where(SignIn.created_at > bindparam("since"), SignIn.account_id.is_not(None))
    .where(_WHOLE)
    .limit(1)
)


def session_of(row: Sequence[Any]) -> SessionFacts:
    return SessionFacts(
        id=row[0],
        account_id=row[1],
        oversight_id=row[2],
        overseer=row[3],
        address=row[4],
        created_at=row[5],
        seen_at=row[6],
        expires_at=row[7],
        ended_at=row[8],
        agent=row[9],
        idle=timedelta(minutes=row[10]) if row[10] else None,
        password_due=bool(row[11]),
        pending=bool(row[12]),
        proven_at=row[13],
        through=Through(provider=row[14], session=row[15]) if row[14] else None,
    )


async def open_ones(session: AsyncSession, tenant_id: UUID, now: datetime) -> int:
    """How many have neither ended nor outlived what they may."""
    counted = (
        select(func.count())
        .select_from(SignIn)
        .where(SignIn.tenant_id == tenant_id, SignIn.ended_at.is_(None), SignIn.expires_at > now)
    )
    return int((await session.execute(counted)).scalar_one())


async def add(session: AsyncSession, tenant_id: UUID, facts: SessionFacts, digest: bytes) -> None:
    lasting = facts.idle // timedelta(minutes=1) if facts.idle else None
    call = _ADD(
        tenant_id=tenant_id,
        id=facts.id,
        account_id=facts.account_id,
        oversight_id=facts.oversight_id,
        overseer=facts.overseer,
        digest=digest,
        address=facts.address,
        created_at=facts.created_at,
        seen_at=facts.seen_at,
        expires_at=facts.expires_at,
        ended_at=facts.ended_at,
        agent=facts.agent,
        idle_minutes=lasting,
        password_due=facts.password_due,
        pending=facts.pending,
        proven_at=facts.proven_at,
        provider=facts.through.provider if facts.through else None,
        provider_session=facts.through.session if facts.through else None,
    )
    await run(session, call)


async def find(session: AsyncSession, tenant_id: UUID, session_id: UUID) -> SessionFacts | None:
    [rows] = await run(session, _FIND(tenant=tenant_id, session=session_id))
    return session_of(tuple(rows[0])) if rows else None


async def open_of(
    session: AsyncSession, tenant_id: UUID, account_id: UUID, now: datetime
) -> list[SessionFacts]:
    """The sessions of an account that were not ended, newest first; pending ones are none."""
    statement = (
        select(*COLUMNS)
        .where(SignIn.tenant_id == tenant_id, SignIn.account_id == account_id)
        .where(SignIn.ended_at.is_(None), SignIn.expires_at > now, _WHOLE)
        .order_by(SignIn.created_at.desc(), SignIn.id.desc())
    )
    return [session_of(tuple(row)) for row in await session.execute(statement)]


async def familiar(session: AsyncSession, tenant_id: UUID, address: str, since: datetime) -> bool:
    """Whether somebody of the institution signed in from this address since then."""
    [rows] = await run(session, _FAMILIAR(tenant=tenant_id, address=address, since=since))
    return bool(rows)


async def password_chosen(session: AsyncSession, tenant_id: UUID, session_id: UUID) -> None:
    """Let a session that waited for another password open everything."""
    mine = and_(SignIn.tenant_id == tenant_id, SignIn.id == session_id)
    await session.execute(update(SignIn).where(mine).values(password_due=False))


async def saw(session: AsyncSession, tenant_id: UUID, session_id: UUID, now: datetime) -> None:
    """Note that a session was used; an older note never replaces a newer one."""
    mine = and_(SignIn.tenant_id == tenant_id, SignIn.id == session_id, SignIn.seen_at < now)
    await session.execute(update(SignIn).where(mine).values(seen_at=now))


async def end(session: AsyncSession, tenant_id: UUID, session_id: UUID, now: datetime) -> bool:
    """Whether it had not ended yet."""
    mine = and_(SignIn.tenant_id == tenant_id, SignIn.id == session_id, SignIn.ended_at.is_(None))
    statement = update(SignIn).where(mine).values(ended_at=now).returning(SignIn.id)
    return (await session.execute(statement)).scalar() is not None


async def end_all_of(
    session: AsyncSession,
    tenant_id: UUID,
    account_id: UUID,
    now: datetime,
    *,
    but: UUID | None = None,
) -> int:
    """How many there were."""
    kept = SignIn.account_id == account_id
    if but is not None:
        kept = and_(kept, SignIn.id != but)
    return await _end(session, tenant_id, kept, now)


async def end_all_through(
    session: AsyncSession, tenant_id: UUID, oversight_id: UUID, now: datetime
) -> int:
    """How many there were."""
    return await _end(session, tenant_id, SignIn.oversight_id == oversight_id, now)


async def end_all_by(
    session: AsyncSession,
    tenant_id: UUID,
    provider: str,
    now: datetime,
    *,
    digest: bytes | None = None,
    account_id: UUID | None = None,
) -> int:
    """End what came through a sign-in service: one session by its name there, or an account's."""
    which = [SignIn.provider == provider]
    if digest is not None:
        which.append(SignIn.provider_session == digest)
    if account_id is not None:
        which.append(SignIn.account_id == account_id)
    assert len(which) > 1, "never everybody's"
    return await _end(session, tenant_id, and_(*which), now)


async def sweep(session: AsyncSession, tenant_id: UUID, before: datetime) -> None:
    """Forget sessions that had ended by then; the ledger says who signed in when."""
    old = and_(SignIn.tenant_id == tenant_id, SignIn.expires_at < before)
    await session.execute(delete(SignIn).where(old))


async def _end(session: AsyncSession, tenant_id: UUID, which: Any, now: datetime) -> int:
    mine = and_(SignIn.tenant_id == tenant_id, SignIn.ended_at.is_(None), which)
    statement = update(SignIn).where(mine).values(ended_at=now).returning(SignIn.id)
    return len((await session.execute(statement)).all())
