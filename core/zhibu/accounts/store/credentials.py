"""Statements on sessions, and on whatever credential is presented."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.accounts.rules.accounts import AccountFacts
from zhibu.accounts.rules.credentials import SessionFacts, TokenFacts
from zhibu.accounts.rules.oversight import Door
from zhibu.accounts.store.accounts import COLUMNS as ACCOUNT
from zhibu.accounts.store.accounts import facts as account_facts
from zhibu.accounts.store.oversight import COLUMNS as DOOR
from zhibu.accounts.store.oversight import door as door_of
from zhibu.accounts.store.tokens import COLUMNS as TOKEN
from zhibu.accounts.store.tokens import token_of
from zhibu.accounts.tables import Account, Factor, Oversight, SignIn, Token
from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.tenants.rules import ProfileFacts
from zhibu.tenants.tables import Profile

_SESSION = (
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
)
_PROFILE = (Profile.code, Profile.name, Profile.locale, Profile.zone, Profile.rule_pack)


@dataclass(frozen=True, kw_only=True)
class Presented:
    """A credential found by its digest, with everything that decides whether it still counts."""

    session: SessionFacts | None
    token: TokenFacts | None
    account: AccountFacts | None
    door: Door | None
    profile: ProfileFacts
    factor: bool = False


async def session_by_digest(
    session: AsyncSession, tenant_id: UUID, digest: bytes
) -> Presented | None:
    """The session, its account or door, and the tenant's profile, in one statement."""
    statement = (
        select(*_SESSION, *_PROFILE, *ACCOUNT, *DOOR, Factor.confirmed_at)
        .select_from(SignIn)
        .join(Profile, Profile.tenant_id == SignIn.tenant_id)
        .outerjoin(Account, _same(Account, SignIn.tenant_id, SignIn.account_id))
        .outerjoin(Member, _same(Member, Account.tenant_id, Account.member_id))
        .outerjoin(Factor, _same(Factor, SignIn.tenant_id, SignIn.account_id))
        .outerjoin(Oversight, _same(Oversight, SignIn.tenant_id, SignIn.oversight_id))
        .outerjoin(
            Organization, _same(Organization, Oversight.tenant_id, Oversight.organization_id)
        )
        .where(SignIn.tenant_id == tenant_id, SignIn.digest == digest)
    )
    row = (await session.execute(statement)).first()
    if row is None:
        return None
    parts = _split(tuple(row), len(_SESSION), len(_PROFILE), len(ACCOUNT), len(DOOR), 1)
    found, profile, account, door, factor = parts
    return Presented(
        session=_session(found),
        token=None,
        account=account_facts(account) if account[0] else None,
        door=door_of(door) if door[0] else None,
        profile=_profile(profile),
        factor=factor[0] is not None,
    )


async def token_by_digest(
    session: AsyncSession, tenant_id: UUID, digest: bytes
) -> Presented | None:
    """The token, its account and the tenant's profile, in one statement."""
    statement = (
        select(*TOKEN, *_PROFILE, *ACCOUNT)
        .select_from(Token)
        .join(Profile, Profile.tenant_id == Token.tenant_id)
        .join(Organization, _same(Organization, Token.tenant_id, Token.organization_id))
        .join(Account, _same(Account, Token.tenant_id, Token.account_id))
        .outerjoin(Member, _same(Member, Account.tenant_id, Account.member_id))
        .where(Token.tenant_id == tenant_id, Token.digest == digest)
    )
    row = (await session.execute(statement)).first()
    if row is None:
        return None
    found, profile, account = _split(tuple(row), len(TOKEN), len(_PROFILE), len(ACCOUNT))
    return Presented(
        session=None,
        token=token_of(found),
        account=account_facts(account),
        door=None,
        profile=_profile(profile),
    )


async def add_session(
    session: AsyncSession, tenant_id: UUID, facts: SessionFacts, digest: bytes
) -> None:
    await session.execute(
        insert(SignIn).values(
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
            idle_minutes=facts.idle // timedelta(minutes=1) if facts.idle else None,
            password_due=facts.password_due,
            pending=facts.pending,
            proven_at=facts.proven_at,
        )
    )


async def session_facts(
    session: AsyncSession, tenant_id: UUID, session_id: UUID
) -> SessionFacts | None:
    statement = select(*_SESSION).where(SignIn.tenant_id == tenant_id, SignIn.id == session_id)
    row = (await session.execute(statement)).first()
    return None if row is None else _session(tuple(row))


async def sessions_of(
    session: AsyncSession, tenant_id: UUID, account_id: UUID, now: datetime
) -> list[SessionFacts]:
    """The sessions of an account that were not ended, newest first."""
    statement = (
        select(*_SESSION)
        .where(SignIn.tenant_id == tenant_id, SignIn.account_id == account_id)
        .where(SignIn.ended_at.is_(None), SignIn.expires_at > now)
        .order_by(SignIn.created_at.desc())
    )
    return [_session(tuple(row)) for row in await session.execute(statement)]


async def familiar(session: AsyncSession, tenant_id: UUID, address: str, since: datetime) -> bool:
    """Whether somebody of the institution signed in from this address since then."""
    statement = (
        select(SignIn.id)
        .where(SignIn.tenant_id == tenant_id, SignIn.address == address)
        .where(SignIn.created_at > since, SignIn.account_id.is_not(None))
        .where(or_(SignIn.pending.is_(None), SignIn.pending.is_(False)))
        .limit(1)
    )
    return (await session.execute(statement)).scalar() is not None


async def password_chosen(session: AsyncSession, tenant_id: UUID, session_id: UUID) -> None:
    """Let a session that waited for another password open everything."""
    mine = and_(SignIn.tenant_id == tenant_id, SignIn.id == session_id)
    await session.execute(update(SignIn).where(mine).values(password_due=False))


async def saw(session: AsyncSession, tenant_id: UUID, session_id: UUID, now: datetime) -> None:
    """Note that a session was used; an older note never replaces a newer one."""
    mine = and_(SignIn.tenant_id == tenant_id, SignIn.id == session_id, SignIn.seen_at < now)
    await session.execute(update(SignIn).where(mine).values(seen_at=now))


async def end_session(
    session: AsyncSession, tenant_id: UUID, session_id: UUID, now: datetime
) -> bool:
    """Whether it had not ended yet."""
    mine = and_(SignIn.tenant_id == tenant_id, SignIn.id == session_id, SignIn.ended_at.is_(None))
    statement = update(SignIn).where(mine).values(ended_at=now).returning(SignIn.id)
    return (await session.execute(statement)).scalar() is not None


async def end_sessions_of(
    session: AsyncSession,
    tenant_id: UUID,
    account_id: UUID,
    now: datetime,
    *,
    but: UUID | None = None,
) -> None:
    kept = SignIn.account_id == account_id
    await _end(session, tenant_id, kept if but is None else and_(kept, SignIn.id != but), now)


async def end_sessions_through(
    session: AsyncSession, tenant_id: UUID, oversight_id: UUID, now: datetime
) -> None:
    await _end(session, tenant_id, SignIn.oversight_id == oversight_id, now)


async def _end(session: AsyncSession, tenant_id: UUID, which: Any, now: datetime) -> None:
    mine = and_(SignIn.tenant_id == tenant_id, SignIn.ended_at.is_(None), which)
    await session.execute(update(SignIn).where(mine).values(ended_at=now))


def _same(table: Any, tenant_id: Any, row_id: Any) -> Any:
    return and_(table.tenant_id == tenant_id, table.id == row_id)


def _split(row: tuple[Any, ...], *widths: int) -> list[tuple[Any, ...]]:
    parts, at = [], 0
    for width in widths:
        parts.append(row[at : at + width])
        at += width
    return parts


def _session(row: tuple[Any, ...]) -> SessionFacts:
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
    )


def _profile(row: tuple[Any, ...]) -> ProfileFacts:
    return ProfileFacts(code=row[0], name=row[1], locale=row[2], zone=row[3], rule_pack=row[4])
