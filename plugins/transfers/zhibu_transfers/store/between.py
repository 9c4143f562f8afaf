"""Transfers that another institution takes part in, as they are kept."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.organizations.tables import Organization
from zhibu.storage.among import among
from zhibu_transfers.rules.cases import OPEN, Case, Kind
from zhibu_transfers.store.cases import CASES, made


async def about(session: AsyncSession, tenant_id: UUID, code: str, matter: UUID) -> Case | None:
    """The transfer that both sides know by this id, held; None where this side knows of none."""
    query = select(CASES).where(
        CASES.c.tenant_id == tenant_id, CASES.c.peer_code == code, CASES.c.about == matter
    )
    if session.get_bind().dialect.name != "sqlite":
        query = query.with_for_update()
    row = (await session.execute(query)).one_or_none()
    return None if row is None else made(row)


async def person(session: AsyncSession, tenant_id: UUID, id: UUID) -> bytes | None:
    """What is entered into the register of who was offered."""
    found: bytes | None = await session.scalar(
        select(CASES.c.person_sealed).where(CASES.c.tenant_id == tenant_id, CASES.c.id == id)
    )
    return found


async def under_way(
    session: AsyncSession, tenant_id: UUID, members: Collection[UUID]
) -> Sequence[Case]:
    """The transfers under way that take any of these members from here."""
    found = await session.execute(
        select(CASES)
        .where(
            CASES.c.tenant_id == tenant_id,
            among(CASES.c.member_id, "members"),
            CASES.c.kind != Kind.IN,
            CASES.c.state.in_(sorted(OPEN)),
        )
        .order_by(CASES.c.id),
        {"members": sorted(members)},
    )
    return [made(row) for row in found]


async def named(session: AsyncSession, tenant_id: UUID, name: str) -> UUID | None:
    """The one organization that exists and has this name; None where there is none, or several."""
    found = await session.scalars(
        select(Organization.id)
        .where(
            Organization.tenant_id == tenant_id,
            Organization.name == name,
            Organization.ended_on.is_(None),
        )
        .limit(2)
    )
    ids = found.all()
    return ids[0] if len(ids) == 1 else None


async def settled(
    session: AsyncSession, tenant_id: UUID, member_id: UUID, kind: Kind
) -> Case | None:
    """The last transfer of this kind by which the member came, or went, in agreement."""
    found = await session.execute(
        select(CASES)
        .where(
            CASES.c.tenant_id == tenant_id,
            CASES.c.member_id == member_id,
            CASES.c.kind == kind,
            CASES.c.accepted_on.is_not(None),
        )
        .order_by(CASES.c.id.desc())
        .limit(1)
    )
    row = found.one_or_none()
    return None if row is None else made(row)
