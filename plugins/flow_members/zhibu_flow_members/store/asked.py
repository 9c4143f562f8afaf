"""What siblings ask of floating members, as statements."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.storage.among import among
from zhibu_flow_members.rules.notes import TOUCH, NoteKind
from zhibu_flow_members.rules.papers import Certainty
from zhibu_flow_members.store.stays import CASE, away
from zhibu_flow_members.tables import Note


async def away_on(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID], on: date
) -> Mapping[UUID, Any]:
    """Who of these is away on a day: since when, and whether at a fixed place."""
    rows = await session.execute(
        select(
            CASE.c.member_id, CASE.c.since, (CASE.c.certainty == Certainty.FIXED).label("fixed")
        ).where(CASE.c.tenant_id == tenant_id, among(CASE.c.member_id, "members"), away(on)),
        {"members": sorted(members)},
    )
    return {row.member_id: row for row in rows}


async def contacts(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID], on: date
) -> Mapping[UUID, date]:
    """When contact with these was last noted."""
    rows = await session.execute(
        select(Note.member_id, func.max(Note.happened_on).label("last"))
        .where(
            Note.tenant_id == tenant_id,
            among(Note.member_id, "members"),
            Note.kind.in_(sorted(TOUCH)),
            Note.voided_on.is_(None),
            Note.happened_on <= on,
        )
        .group_by(Note.member_id),
        {"members": sorted(members)},
    )
    return {row.member_id: row.last for row in rows}


async def noted(
    session: AsyncSession, tenant_id: UUID, member_id: UUID, kinds: Collection[NoteKind]
) -> list[tuple[NoteKind, date]]:
    """What holds of these notes on a member's stays: neither they nor the stay are void."""
    rows = await session.execute(
        select(Note.kind, Note.happened_on)
        .join(CASE, and_(CASE.c.tenant_id == Note.tenant_id, CASE.c.id == Note.case_id))
        .where(
            Note.tenant_id == tenant_id,
            Note.member_id == member_id,
            Note.kind.in_(sorted(kinds)),
            Note.voided_on.is_(None),
            CASE.c.voided_on.is_(None),
        )
        .order_by(Note.happened_on, Note.id)
    )
    return [(NoteKind(kind), day) for kind, day in rows]


async def whose(session: AsyncSession, tenant_id: UUID, id: UUID) -> Any | None:
    """Whose stay it is, and where he belongs."""
    found = await session.execute(
        select(CASE.c.member_id, Organization.path)
        .join(Member, and_(Member.tenant_id == CASE.c.tenant_id, Member.id == CASE.c.member_id))
        .join(
            Organization,
            and_(
                Organization.tenant_id == Member.tenant_id,
                Organization.id == Member.organization_id,
            ),
        )
        .where(CASE.c.tenant_id == tenant_id, CASE.c.id == id)
    )
    return found.one_or_none()
