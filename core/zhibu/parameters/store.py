"""Statements of parameters: overrides with the paths of their organizations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.organizations.tables import Organization
from zhibu.parameters.book import InForce
from zhibu.parameters.tables import Override
from zhibu.storage.fixed import Fixed, Look, run


@dataclass(frozen=True, kw_only=True)
class Change:
    """One line of a parameter's history at an organization."""

    id: UUID
    name: str
    organization_id: UUID
    path: str
    since: date
    value: Any
    reason: str
    document: str | None
    article: str | None
    clause: str | None
    pack: str | None
    withdrawn_at: datetime | None
    recorded_at: datetime


_COLUMNS = [
    Override.id,
    Override.name,
    Override.organization_id,
    Organization.path,
    Override.since,
    Override.value,
    Override.reason,
    Override.document,
    Override.article,
    Override.clause,
    Override.pack,
    Override.withdrawn_at,
    Override.recorded_at,
]
_TOGETHER = (Organization.tenant_id == Override.tenant_id) & (
    Organization.id == Override.organization_id
)


_IN_FORCE = Fixed(
    select(*_COLUMNS)
    .join(Organization, _TOGETHER)
    .where(Override.tenant_id == bindparam("tenant"), Override.withdrawn_at.is_(None))
    .order_by(Override.since, Override.id)
)


async def overrides_of(session: AsyncSession | Look, tenant_id: UUID) -> list[InForce]:
    """Every override in force, for a `Book`."""
    [rows] = await run(session, _IN_FORCE(tenant=tenant_id))
    return [in_force(Change(**row._mapping)) for row in rows]


def in_force(change: Change) -> InForce:
    return InForce(
        id=change.id,
        name=change.name,
        path=change.path,
        since=change.since,
        value=change.value,
        reason=change.reason,
        document=change.document,
        article=change.article,
        clause=change.clause,
        pack=change.pack,
    )


async def changes(
    session: AsyncSession,
    tenant_id: UUID,
    *,
    name: str | None = None,
    organization_id: UUID | None = None,
    id: UUID | None = None,
) -> list[Change]:
    """Every override ever written, withdrawn ones too, latest first."""
    query = select(*_COLUMNS).join(Organization, _TOGETHER).where(Override.tenant_id == tenant_id)
    for column, wanted in (
        (Override.name, name),
        (Override.organization_id, organization_id),
        (Override.id, id),
    ):
        if wanted is not None:
            query = query.where(column == wanted)
    query = query.order_by(Override.since.desc(), Override.recorded_at.desc(), Override.id.desc())
    return [Change(**row._mapping) for row in await session.execute(query)]


async def add(session: AsyncSession, tenant_id: UUID, added: Sequence[Change]) -> None:
    """Write overrides; one that was withdrawn on the same day makes room for its successor."""
    rows = [
        {
            "tenant_id": tenant_id,
            "id": change.id,
            "name": change.name,
            "organization_id": change.organization_id,
            "since": change.since,
            "value": change.value,
            "reason": change.reason,
            "document": change.document,
            "article": change.article,
            "clause": change.clause,
            "pack": change.pack,
            "withdrawn_at": None,
            "recorded_at": change.recorded_at,
        }
        for change in added
    ]
    await session.execute(insert(Override), rows)


async def withdraw(session: AsyncSession, tenant_id: UUID, id: UUID, at: datetime) -> None:
    await session.execute(
        update(Override)
        .where(Override.tenant_id == tenant_id, Override.id == id)
        .values(withdrawn_at=at)
        .execution_options(synchronize_session=False)
    )


async def organizations(session: AsyncSession, tenant_id: UUID) -> dict[str, tuple[UUID, str]]:
    """Id and path of every organization by its code; the root also under the empty code."""
    query = select(
        Organization.code, Organization.id, Organization.path, Organization.parent_id
    ).where(Organization.tenant_id == tenant_id)
    found: dict[str, tuple[UUID, str]] = {}
    for code, id, path, parent_id in await session.execute(query):
        found[code] = (id, path)
        if parent_id is None:
            found[""] = (id, path)
    return found
