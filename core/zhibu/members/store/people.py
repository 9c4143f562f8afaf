"""Members as they are now."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.members.rules import Departure, Gender, MemberKind, Person, Stage
from zhibu.members.tables import Affiliation, Member
from zhibu.organizations.tables import OrganizationPeriod
from zhibu.storage.among import among
from zhibu.storage.fixed import Fixed, run

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
_JOINED = select(*PERSON, Affiliation.since.label("joined_on")).join(
    Affiliation,
    (Affiliation.tenant_id == Member.tenant_id)
    & (Affiliation.member_id == Member.id)
    & Affiliation.until.is_(None),
    isouter=True,
)
_TENANT = Member.tenant_id == bindparam("tenant")
_PEOPLE = Fixed(_JOINED.where(_TENANT, among(Member.id, "ids")))
_ONE = Fixed(select(*PERSON).where(_TENANT, Member.id == bindparam("id")))
_ALL_HELD = Fixed(
    select(Member.id).where(_TENANT, among(Member.id, "ids")).order_by(Member.id).with_for_update()
)
_HELD = Fixed(select(*PERSON).where(_TENANT, Member.id == bindparam("id")).with_for_update())


async def person(
    session: AsyncSession, tenant_id: UUID, id: UUID, *, hold: bool = False
) -> Person | None:
    """One member. `hold` lets no other transaction change it meanwhile."""
    (rows,) = await run(session, (_HELD if hold else _ONE)(tenant=tenant_id, id=id))
    return typed(dict(rows[0]._mapping)) if rows else None


async def hold_people(session: AsyncSession, tenant_id: UUID, ids: Collection[UUID]) -> None:
    """Let no other transaction change these meanwhile; on SQLite a writer is alone anyway."""
    if session.get_bind().dialect.name != "sqlite":
        await run(session, _ALL_HELD(tenant=tenant_id, ids=sorted(set(ids))))


async def people(
    session: AsyncSession, tenant_id: UUID, ids: Collection[UUID]
) -> dict[UUID, tuple[Person, date | None]]:
    """These members, each with the day the present affiliation began; who left has none."""
    (rows,) = await run(session, _PEOPLE(tenant=tenant_id, ids=sorted(set(ids))))
    return {row.id: _with(row, "joined_on") for row in rows}


async def left_before(
    session: AsyncSession, tenant_id: UUID, day: date, limit: int
) -> list[Person]:
    """Who left that day or before, and is still known by something that is sealed."""
    known = or_(func.length(Member.identity_sealed) > 0, Member.phone_sealed.is_not(None))
    query = select(*PERSON).where(
        Member.tenant_id == tenant_id,
        Member.stage == Stage.LEFT.value,
        Member.left_on <= day,
        known,
    )
    rows = await session.execute(query.order_by(Member.id).limit(limit))
    return [typed(dict(row._mapping)) for row in rows]


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
            person, index = _with(row, "identity_index")
            found[index] = person
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
    return {row.id: typed(dict(row._mapping)) for row in await session.execute(query)}


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
    return [_with(row, "then", "joined_on") for row in await session.execute(query)]


def _with(row: Row[*tuple[Any, ...]], *besides: str) -> Any:
    """The person of a row, and what else stands in it."""
    values = dict(row._mapping)
    others = [values.pop(name) for name in besides]
    return typed(values), *others


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
