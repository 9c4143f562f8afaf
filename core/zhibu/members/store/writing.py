"""Writing members, and the sealed fields."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.forms.sorting import sort_name
from zhibu.members.errors import ChangedMeanwhile, IdentityTaken
from zhibu.members.rules import Person
from zhibu.members.store.people import CHUNK
from zhibu.members.tables import Member
from zhibu.storage.violations import unique_violation

# The table itself: the mapper would send rows with and without nulls apart.
_ROWS: Any = Member.__table__


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """What is kept of a member's identity number and phone: ciphertext and the blind index."""

    identity_sealed: bytes
    identity_index: bytes
    phone_sealed: bytes | None


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
            **vars(new),
            **vars(sealed),
        }
        for new, sealed in registered
    ]
    try:
        await session.execute(insert(_ROWS), rows)
    except IntegrityError as error:
        raise _taken(error) from error


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
    try:
        saved = (await session.execute(query)).first()
    except IntegrityError as error:
        raise _taken(error) from error
    if saved is None:
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


async def sealed_of(
    session: AsyncSession, tenant_id: UUID, ids: Collection[UUID]
) -> dict[UUID, Sealed]:
    """What is kept sealed of these members."""
    found: dict[UUID, Sealed] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), CHUNK):
        query = select(
            Member.id, Member.identity_sealed, Member.identity_index, Member.phone_sealed
        ).where(Member.tenant_id == tenant_id, Member.id.in_(wanted[start : start + CHUNK]))
        for row in await session.execute(query):
            values = dict(row._mapping)
            id = values.pop("id")
            found[id] = Sealed(**values)
    return found


async def sealed_field(
    session: AsyncSession, tenant_id: UUID, id: UUID, column: str
) -> bytes | None:
    """The ciphertext of `identity_sealed` or `phone_sealed`."""
    query = select(getattr(Member, column)).where(Member.tenant_id == tenant_id, Member.id == id)
    sealed: bytes | None = (await session.execute(query)).scalar_one()
    return sealed


def _taken(error: IntegrityError) -> Exception:
    """`IdentityTaken`, if that is what the unique index says; else the bug itself."""
    if unique_violation(error) == "uq_core_member_tenant_id_identity_index":
        return IdentityTaken(path=("identity_number",))
    return error
