"""Members as they are now."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.rules import Departure, Gender, MemberKind, Person, Stage
from zhibu.members.tables import Affiliation, Member
from zhibu.organizations.tables import OrganizationPeriod

PERSON: tuple[Any, ...] = (
    Member.id,
    Member.organization_id,
    Member.group_id,
    Member.path,
    Member.name,
    Member.gender,
    Member.birth_date,
    Member.nation,
    Member.education,
    Member.kind,
    Member.stage,
    Member.admitted_on,
    Member.full_on,
    Member.departure,
    Member.left_on,
    Member.identity_masked,
    Member.phone_masked,
    Member.note,
    Member.version,
)
# Fewer than the 32,766 variables that one SQLite statement may bind.
CHUNK = 5_000


def person_of(row: Row[*tuple[Any, ...]]) -> Person:
    values = row._mapping
    return Person(
        **{
            **values,
            "gender": Gender(row.gender),
            "kind": MemberKind(row.kind),
            "stage": Stage(row.stage),
            "departure": Departure(row.departure) if row.departure else None,
        }
    )


async def person(
    session: AsyncSession, tenant_id: UUID, id: UUID, *, hold: bool = False
) -> Person | None:
    """One member. `hold` lets no other transaction change it meanwhile."""
    query = select(*PERSON).where(Member.tenant_id == tenant_id, Member.id == id)
    row = (await session.execute(query.with_for_update() if hold else query)).first()
    return person_of(row) if row else None


async def people(
    session: AsyncSession, tenant_id: UUID, ids: Collection[UUID]
) -> dict[UUID, Person]:
    found: dict[UUID, Person] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), CHUNK):
        query = select(*PERSON).where(
            Member.tenant_id == tenant_id, Member.id.in_(wanted[start : start + CHUNK])
        )
        found |= {row.id: person_of(row) for row in await session.execute(query)}
    return found


async def holders_of(
    session: AsyncSession, tenant_id: UUID, indexes: Collection[bytes]
) -> dict[bytes, Person]:
    """Who has which identity number, by blind index."""
    found: dict[bytes, Person] = {}
    wanted = sorted(set(indexes))
    for start in range(0, len(wanted), CHUNK):
        query = select(*PERSON, Member.identity_index).where(
            Member.tenant_id == tenant_id, Member.identity_index.in_(wanted[start : start + CHUNK])
        )
        for row in await session.execute(query):
            values = dict(row._mapping)
            index = values.pop("identity_index")
            found[index] = typed(values)
    return found


async def living_at(session: AsyncSession, tenant_id: UUID, unit: UUID) -> dict[UUID, Person]:
    """The living members whose formal branch is this organization; held until the end."""
    query = (
        select(*PERSON)
        .where(
            Member.tenant_id == tenant_id, Member.organization_id == unit, Member.stage != "left"
        )
        .with_for_update()
    )
    return {row.id: person_of(row) for row in await session.execute(query)}


async def people_on(
    session: AsyncSession, tenant_id: UUID, path: str, day: date
) -> list[tuple[Person, UUID, date]]:
    """Who belonged to a branch at or below `path` on that day, to which one, and since when.

    The path is the one the branch had on that day; the persons are as they are now.
    """
    a, p = Affiliation, OrganizationPeriod
    query = (
        select(*PERSON, a.organization_id.label("then"), a.since.label("joined_on"))
        .join(Member, (Member.tenant_id == a.tenant_id) & (Member.id == a.member_id))
        .join(p, (p.tenant_id == a.tenant_id) & (p.organization_id == a.organization_id))
        .where(
            a.tenant_id == tenant_id,
            a.since <= day,
            or_(a.until.is_(None), a.until > day),
            p.since <= day,
            or_(p.until.is_(None), p.until > day),
            *((p.path >= path, p.path < path[:-1] + "/") if path else ()),
        )
        .order_by(p.path, Member.sort_name, Member.id)
    )
    found = []
    for row in await session.execute(query):
        values = dict(row._mapping)
        then, joined_on = values.pop("then"), values.pop("joined_on")
        found.append((typed(values), then, joined_on))
    return found


def typed(values: dict[str, Any]) -> Person:
    departure = values["departure"]
    return Person(
        **{
            **values,
            "gender": Gender(values["gender"]),
            "kind": MemberKind(values["kind"]),
            "stage": Stage(values["stage"]),
            "departure": Departure(departure) if departure else None,
        }
    )
