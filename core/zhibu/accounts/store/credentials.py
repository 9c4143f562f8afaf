"""Statements on whatever credential is presented."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.accounts.rules.accounts import AccountFacts
from zhibu.accounts.rules.credentials import SessionFacts, TokenFacts
from zhibu.accounts.rules.oversight import Door
from zhibu.accounts.store.accounts import COLUMNS as ACCOUNT
from zhibu.accounts.store.accounts import facts as account_facts
from zhibu.accounts.store.oversight import COLUMNS as DOOR
from zhibu.accounts.store.oversight import door as door_of
from zhibu.accounts.store.sessions import COLUMNS as SESSION
from zhibu.accounts.store.sessions import session_of
from zhibu.accounts.store.tokens import COLUMNS as TOKEN
from zhibu.accounts.store.tokens import token_of
from zhibu.accounts.tables import Account, Factor, Oversight, SignIn, Token
from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.storage.fixed import Fixed, Look, run
from zhibu.tenants.rules import ProfileFacts
from zhibu.tenants.tables import Profile

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


def _same(table: Any, tenant_id: Any, row_id: Any) -> Any:
    return and_(table.tenant_id == tenant_id, table.id == row_id)


_SESSION = Fixed(
    select(*SESSION, *_PROFILE, *ACCOUNT, *DOOR, Factor.confirmed_at)
    .select_from(SignIn)
    .join(Profile, Profile.tenant_id == SignIn.tenant_id)
    .outerjoin(Account, _same(Account, SignIn.tenant_id, SignIn.account_id))
    .outerjoin(Member, _same(Member, Account.tenant_id, Account.member_id))
    .outerjoin(Factor, _same(Factor, SignIn.tenant_id, SignIn.account_id))
    .outerjoin(Oversight, _same(Oversight, SignIn.tenant_id, SignIn.oversight_id))
    .outerjoin(Organization, _same(Organization, Oversight.tenant_id, Oversight.organization_id))
    .where(SignIn.tenant_id == bindparam("tenant"), SignIn.digest == bindparam("digest"))
)
_TOKEN = Fixed(
    select(*TOKEN, *_PROFILE, *ACCOUNT)
    .select_from(Token)
    .join(Profile, Profile.tenant_id == Token.tenant_id)
    .join(Organization, _same(Organization, Token.tenant_id, Token.organization_id))
    .join(Account, _same(Account, Token.tenant_id, Token.account_id))
    .outerjoin(Member, _same(Member, Account.tenant_id, Account.member_id))
    .where(Token.tenant_id == bindparam("tenant"), Token.digest == bindparam("digest"))
)


async def session_by_digest(
    session: AsyncSession | Look, tenant_id: UUID, digest: bytes
) -> Presented | None:
    """The session, its account or door, and the tenant's profile, in one statement."""
    [rows] = await run(session, _SESSION(tenant=tenant_id, digest=digest))
    if not rows:
        return None
    [row] = rows
    parts = _split(tuple(row), len(SESSION), len(_PROFILE), len(ACCOUNT), len(DOOR), 1)
    found, profile, account, door, factor = parts
    return Presented(
        session=session_of(found),
        token=None,
        account=account_facts(account) if account[0] else None,
        door=door_of(door) if door[0] else None,
        profile=_profile(profile),
        factor=factor[0] is not None,
    )


async def token_by_digest(
    session: AsyncSession | Look, tenant_id: UUID, digest: bytes
) -> Presented | None:
    """The token, its account and the tenant's profile, in one statement."""
    [rows] = await run(session, _TOKEN(tenant=tenant_id, digest=digest))
    if not rows:
        return None
    [row] = rows
    found, profile, account = _split(tuple(row), len(TOKEN), len(_PROFILE), len(ACCOUNT))
    return Presented(
        session=None,
        token=token_of(found),
        account=account_facts(account),
        door=None,
        profile=_profile(profile),
    )


def _split(row: tuple[Any, ...], *widths: int) -> list[tuple[Any, ...]]:
    parts, at = [], 0
    for width in widths:
        parts.append(row[at : at + width])
        at += width
    return parts


def _profile(row: tuple[Any, ...]) -> ProfileFacts:
    return ProfileFacts(code=row[0], name=row[1], locale=row[2], zone=row[3], rule_pack=row[4])
