"""Members as they are now."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.forms.sorting import sort_name
from zhibu.members.errors import ChangedMeanwhile, IdentityTaken
from zhibu.members.rules import Departure, Gender, MemberKind, Person, Stage
from zhibu.members.tables import Affiliation, Member
from zhibu.organizations.tables import OrganizationPeriod

_PERSON: tuple[Any, ...] = (
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


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """What is kept of a member's identity number and phone: ciphertext and the blind index."""

    identity_sealed: bytes
    identity_index: bytes
    phone_sealed: bytes | None


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
    query = select(*_PERSON).where(Member.tenant_id == tenant_id, Member.id == id)
    row = (await session.execute(query.with_for_update() if hold else query)).first()
    return person_of(row) if row else None


async def people(
    session: AsyncSession, tenant_id: UUID, ids: Collection[UUID]
) -> dict[UUID, Person]:
    found: dict[UUID, Person] = {}
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), CHUNK):
        query = select(*_PERSON).where(
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
        query = select(*_PERSON, Member.identity_index).where(
            Member.tenant_id == tenant_id, Member.identity_index.in_(wanted[start : start + CHUNK])
        )
        for row in await session.execute(query):
            values = dict(row._mapping)
            index = values.pop("identity_index")
            found[index] = _typed(values)
    return found


async def living_at(session: AsyncSession, tenant_id: UUID, unit: UUID) -> dict[UUID, Person]:
    """The living members whose formal branch is this organization."""
    query = select(*_PERSON).where(
        Member.tenant_id == tenant_id, Member.organization_id == unit, Member.stage != "left"
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
        select(*_PERSON, a.organization_id.label("then"), a.since.label("joined_on"))
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
        found.append((_typed(values), then, joined_on))
    return found


async def insert_people(
    session: AsyncSession,
    tenant_id: UUID,
    registered: Sequence[tuple[Person, Sealed]],
    now: datetime,
) -> None:
    """New members. Raises `IdentityTaken` when one has an identity number already recorded.

    The unique index decides: of two who register the same person at once, one is refused.
    """
    if not registered:
        return
    rows = [
        {
            "tenant_id": tenant_id,
            "sort_name": sort_name(new.name),
            "created_at": now,
            **asdict(new),
            **asdict(sealed),
        }
        for new, sealed in registered
    ]
    if len(rows) > 1:
        await session.execute(insert(Member), rows)
        return
    taken = rows[0]["identity_index"]
    known = select(Member.id).where(Member.tenant_id == tenant_id, Member.identity_index == taken)
    if (await session.execute(known)).first():
        raise IdentityTaken(path=("identity_number",))
    await session.execute(insert(Member), rows)


async def save_person(
    session: AsyncSession, tenant_id: UUID, before: Person, values: Mapping[str, Any]
) -> None:
    """Write the changed columns. Raises `ChangedMeanwhile` when somebody was faster."""
    changed = dict(values)
    if "name" in changed:
        changed["sort_name"] = sort_name(changed["name"])
    query = (
        update(Member)
        .where(
            Member.tenant_id == tenant_id,
            Member.id == before.id,
            Member.version == before.version,
        )
        .values(version=before.version + 1, **changed)
        .returning(Member.version)
        .execution_options(synchronize_session=False)
    )
    if (await session.execute(query)).first() is None:
        raise ChangedMeanwhile(path=("version",), version=before.version, current=None)


async def update_people(
    session: AsyncSession, tenant_id: UUID, changes: Sequence[Mapping[str, Any]]
) -> None:
    """The same columns of many members at once; each change has its member's `id`."""
    if not changes:
        return
    columns: dict[str, Any] = {
        name: bindparam(f"new_{name}") for name in changes[0] if name != "id"
    }
    table: Any = Member.__table__
    query = (
        update(table)
        .where(table.c.tenant_id == tenant_id, table.c.id == bindparam("row"))
        .values(version=table.c.version + 1, **columns)
    )
    connection = await session.connection()
    await connection.execute(
        query,
        [{"row": c["id"], **{f"new_{k}": v for k, v in c.items() if k != "id"}} for c in changes],
    )


async def sealed_field(
    session: AsyncSession, tenant_id: UUID, id: UUID, column: str
) -> bytes | None:
    """The ciphertext of `identity_sealed` or `phone_sealed`."""
    query = select(getattr(Member, column)).where(Member.tenant_id == tenant_id, Member.id == id)
    sealed: bytes | None = (await session.execute(query)).scalar_one()
    return sealed


def _typed(values: dict[str, Any]) -> Person:
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
