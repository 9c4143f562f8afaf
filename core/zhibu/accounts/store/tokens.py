"""Statements on machines' tokens."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.accounts.rules.credentials import TokenFacts
from zhibu.accounts.tables import Token
from zhibu.organizations.tables import Organization

COLUMNS = (
    Token.id,
    Token.account_id,
    Token.name,
    Token.organization_id,
    Organization.path,
    Token.actions,
    Token.created_at,
    Token.expires_at,
    Token.revoked_at,
)


def token_of(row: Sequence[Any]) -> TokenFacts:
    return TokenFacts(
        id=row[0],
        account_id=row[1],
        name=row[2],
        organization_id=row[3],
        path=row[4],
        actions=tuple(row[5]),
        created_at=row[6],
        expires_at=row[7],
        revoked_at=row[8],
    )


def _tokens(tenant_id: UUID) -> Select[*tuple[Any, ...]]:
    place = and_(
        Organization.tenant_id == Token.tenant_id, Organization.id == Token.organization_id
    )
    return (
        select(*COLUMNS)
        .select_from(Token)
        .join(Organization, place)
        .where(Token.tenant_id == tenant_id)
    )


async def find(session: AsyncSession, tenant_id: UUID, token_id: UUID) -> TokenFacts | None:
    row = (await session.execute(_tokens(tenant_id).where(Token.id == token_id))).first()
    return None if row is None else token_of(tuple(row))


async def add(session: AsyncSession, tenant_id: UUID, facts: TokenFacts, digest: bytes) -> None:
    await session.execute(
        insert(Token).values(
            tenant_id=tenant_id,
            id=facts.id,
            account_id=facts.account_id,
            name=facts.name,
            digest=digest,
            organization_id=facts.organization_id,
            actions=list(facts.actions),
            created_at=facts.created_at,
            expires_at=facts.expires_at,
        )
    )


async def revoke(session: AsyncSession, tenant_id: UUID, token_id: UUID, now: datetime) -> None:
    mine = and_(Token.tenant_id == tenant_id, Token.id == token_id, Token.revoked_at.is_(None))
    await session.execute(update(Token).where(mine).values(revoked_at=now))


async def revoke_all_of(
    session: AsyncSession, tenant_id: UUID, account_id: UUID, now: datetime
) -> None:
    mine = and_(
        Token.tenant_id == tenant_id, Token.account_id == account_id, Token.revoked_at.is_(None)
    )
    await session.execute(update(Token).where(mine).values(revoked_at=now))
