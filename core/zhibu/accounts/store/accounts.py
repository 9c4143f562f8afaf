"""Statements on accounts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.accounts.errors import LoginTaken, MemberBound
from zhibu.accounts.rules.accounts import AccountFacts, Secret
from zhibu.accounts.tables import Account
from zhibu.members.tables import Member
from zhibu.storage.violations import unique_violation

COLUMNS = (
    Account.id,
    Account.login,
    Account.name,
    Account.member_id,
    Member.path,
    Account.locale,
    Account.one_time_until,
    Account.disabled_at,
    Account.created_at,
)


def facts(row: Sequence[Any]) -> AccountFacts:
    return AccountFacts(
        id=row[0],
        login=row[1],
        name=row[2],
        member_id=row[3],
        path=row[4],
        locale=row[5],
        one_time_until=row[6],
        disabled_at=row[7],
        created_at=row[8],
    )


def _select(tenant_id: UUID, *more: Any) -> Select[*tuple[Any, ...]]:
    home = and_(Member.tenant_id == Account.tenant_id, Member.id == Account.member_id)
    return (
        select(*COLUMNS, *more)
        .select_from(Account)
        .outerjoin(Member, home)
        .where(Account.tenant_id == tenant_id)
    )


async def _one(
    session: AsyncSession, tenant_id: UUID, condition: ColumnElement[bool]
) -> AccountFacts | None:
    row = (await session.execute(_select(tenant_id).where(condition))).first()
    return None if row is None else facts(tuple(row))


async def account(session: AsyncSession, tenant_id: UUID, account_id: UUID) -> AccountFacts | None:
    return await _one(session, tenant_id, Account.id == account_id)


async def by_login(session: AsyncSession, tenant_id: UUID, login: str) -> AccountFacts | None:
    """`login` already folded."""
    return await _one(session, tenant_id, Account.login == login)


async def by_member(session: AsyncSession, tenant_id: UUID, member_id: UUID) -> AccountFacts | None:
    return await _one(session, tenant_id, Account.member_id == member_id)


async def lock(session: AsyncSession, tenant_id: UUID, account_id: UUID) -> None:
    """Let changes of one account wait for each other until the transaction ends."""
    row = select(Account.id).where(Account.tenant_id == tenant_id, Account.id == account_id)
    await session.execute(row.with_for_update())


async def secret_by_login(session: AsyncSession, tenant_id: UUID, login: str) -> Secret | None:
    return await _secret(session, tenant_id, Account.login == login)


async def secret(session: AsyncSession, tenant_id: UUID, account_id: UUID) -> Secret | None:
    return await _secret(session, tenant_id, Account.id == account_id)


async def _secret(
    session: AsyncSession, tenant_id: UUID, condition: ColumnElement[bool]
) -> Secret | None:
    more = (Account.password_hash, Account.password_chosen_at)
    row = (await session.execute(_select(tenant_id, *more).where(condition))).first()
    if row is None:
        return None
    account = facts(tuple(row))
    return Secret(account=account, password_hash=row[-2], chosen_at=row[-1] or account.created_at)


async def member_path(session: AsyncSession, tenant_id: UUID, member_id: UUID) -> str | None:
    """The branch of a member; None when there is no such member."""
    statement = select(Member.path).where(Member.tenant_id == tenant_id, Member.id == member_id)
    return (await session.execute(statement)).scalar()


async def add(
    session: AsyncSession,
    tenant_id: UUID,
    account: AccountFacts,
    *,
    password_hash: str | None,
) -> None:
    """Raises `LoginTaken` or `MemberBound` when somebody was faster."""
    statement = insert(Account).values(
        tenant_id=tenant_id,
        id=account.id,
        login=account.login,
        name=account.name,
        password_hash=password_hash,
        one_time_until=account.one_time_until,
        member_id=account.member_id,
        locale=account.locale,
        disabled_at=account.disabled_at,
        created_at=account.created_at,
    )
    try:
        await session.execute(statement)
    except IntegrityError as error:
        raise _taken(error, account.login) from error


async def bind(
    session: AsyncSession, tenant_id: UUID, account_id: UUID, member_id: UUID | None
) -> None:
    """Raises `MemberBound` when somebody was faster."""
    try:
        await _set(session, tenant_id, account_id, member_id=member_id)
    except IntegrityError as error:
        raise _taken(error) from error


async def set_password(
    session: AsyncSession,
    tenant_id: UUID,
    account_id: UUID,
    password_hash: str,
    one_time_until: datetime | None,
    now: datetime,
) -> None:
    await _set(
        session,
        tenant_id,
        account_id,
        password_hash=password_hash,
        password_chosen_at=now,
        one_time_until=one_time_until,
    )


async def set_hash(
    session: AsyncSession, tenant_id: UUID, account_id: UUID, password_hash: str
) -> None:
    """Keep the same password under a hash of other costs."""
    await _set(session, tenant_id, account_id, password_hash=password_hash)


async def set_disabled(
    session: AsyncSession, tenant_id: UUID, account_id: UUID, at: datetime | None
) -> None:
    await _set(session, tenant_id, account_id, disabled_at=at)


async def _set(session: AsyncSession, tenant_id: UUID, account_id: UUID, **values: object) -> None:
    mine = and_(Account.tenant_id == tenant_id, Account.id == account_id)
    await session.execute(update(Account).where(mine).values(**values))


def _taken(error: IntegrityError, login: str = "—") -> Exception:
    """What the unique constraints say, if they said it; else the bug itself."""
    match unique_violation(error):
        case "uq_core_account_tenant_id_login":
            return LoginTaken(path=("login",), login=login)
        case "uq_core_account_tenant_id_member_id":
            return MemberBound(path=("member",), login="—")
    return error
