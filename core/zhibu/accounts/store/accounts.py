"""Statements on accounts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.accounts.errors import LoginTaken, MemberBound
from zhibu.accounts.rules.accounts import AccountFacts, Secret
from zhibu.accounts.tables import Account
from zhibu.members.tables import Member
from zhibu.storage.fixed import Call, Fixed, run
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


def _select(condition: ColumnElement[bool], *more: Any) -> Select[*tuple[Any, ...]]:
    home = and_(Member.tenant_id == Account.tenant_id, Member.id == Account.member_id)
    return (
        select(*COLUMNS, *more)
        .select_from(Account)
        .outerjoin(Member, home)
        .where(Account.tenant_id == bindparam("tenant"), condition)
    )


_ROWS: Any = Account.__table__
_SECRETS = (Account.password_hash, Account.password_chosen_at)
_BY_ID, _SECRET_BY_ID = (
    Fixed(_select(Account.id == bindparam("account"), *more)) for more in ((), _SECRETS)
)
_BY_LOGIN, _SECRET_BY_LOGIN = (
    Fixed(_select(Account.login == bindparam("login"), *more)) for more in ((), _SECRETS)
)
_BY_MEMBER = Fixed(_select(Account.member_id == bindparam("member")))
_LOCK = Fixed(
    select(Account.id)
    .where(Account.tenant_id == bindparam("tenant"), Account.id == bindparam("account"))
    .with_for_update()
)
_PATH = Fixed(
    select(Member.path).where(
        Member.tenant_id == bindparam("tenant"), Member.id == bindparam("member")
    )
)
_ADD = Fixed(insert(Account))
_PASSWORD = Fixed(
    update(_ROWS)
    .where(_ROWS.c.tenant_id == bindparam("tenant"), _ROWS.c.id == bindparam("account"))
    .values(
        password_hash=bindparam("hash"),
        password_chosen_at=bindparam("now"),
        one_time_until=bindparam("until"),
    )
)


async def _one(session: AsyncSession, call: Call) -> AccountFacts | None:
    [rows] = await run(session, call)
    return facts(tuple(rows[0])) if rows else None


async def account(session: AsyncSession, tenant_id: UUID, account_id: UUID) -> AccountFacts | None:
    return await _one(session, _BY_ID(tenant=tenant_id, account=account_id))


async def by_login(session: AsyncSession, tenant_id: UUID, login: str) -> AccountFacts | None:
    """`login` already folded."""
    return await _one(session, _BY_LOGIN(tenant=tenant_id, login=login))


async def by_member(session: AsyncSession, tenant_id: UUID, member_id: UUID) -> AccountFacts | None:
    return await _one(session, _BY_MEMBER(tenant=tenant_id, member=member_id))


async def lock(session: AsyncSession, tenant_id: UUID, account_id: UUID) -> None:
    """Let changes of one account wait for each other until the transaction ends."""
    await run(session, _LOCK(tenant=tenant_id, account=account_id))


async def secret_by_login(session: AsyncSession, tenant_id: UUID, login: str) -> Secret | None:
    return await _secret(session, _SECRET_BY_LOGIN(tenant=tenant_id, login=login))


async def secret(session: AsyncSession, tenant_id: UUID, account_id: UUID) -> Secret | None:
    return await _secret(session, _SECRET_BY_ID(tenant=tenant_id, account=account_id))


async def _secret(session: AsyncSession, call: Call) -> Secret | None:
    [rows] = await run(session, call)
    if not rows:
        return None
    row = tuple(rows[0])
    account = facts(row)
    return Secret(account=account, password_hash=row[-2], chosen_at=row[-1] or account.created_at)


async def member_path(session: AsyncSession, tenant_id: UUID, member_id: UUID) -> str | None:
    """The branch of a member; None when there is no such member."""
    [rows] = await run(session, _PATH(tenant=tenant_id, member=member_id))
    return rows[0][0] if rows else None


async def add(
    session: AsyncSession,
    tenant_id: UUID,
    account: AccountFacts,
    *,
    password_hash: str | None,
) -> None:
    """Raises `LoginTaken` or `MemberBound` when somebody was faster."""
    call = _ADD(
        tenant_id=tenant_id,
        id=account.id,
        login=account.login,
        name=account.name,
        password_hash=password_hash,
        password_chosen_at=None,
        one_time_until=account.one_time_until,
        member_id=account.member_id,
        locale=account.locale,
        disabled_at=account.disabled_at,
        created_at=account.created_at,
    )
    try:
        await run(session, call)
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
    values = {"hash": password_hash, "now": now, "until": one_time_until}
    await run(session, _PASSWORD(tenant=tenant_id, account=account_id, **values))


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
