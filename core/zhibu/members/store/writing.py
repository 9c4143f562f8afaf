"""Writing members, and the sealed fields."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.forms.sorting import sort_name
from zhibu.members.errors import ChangedMeanwhile, IdentityTaken
from zhibu.members.rules import Affiliation, Person, StagePeriod
from zhibu.members.tables import Affiliation as AffiliationRow
from zhibu.members.tables import Member
from zhibu.members.tables import StagePeriod as StageRow
from zhibu.storage.among import among
from zhibu.storage.fixed import Fixed, run
from zhibu.storage.violations import unique_violation

# The table itself: the mapper would send rows with and without nulls apart.
_ROWS: Any = Member.__table__
_TABLES: tuple[Any, ...] = (_ROWS, AffiliationRow.__table__, StageRow.__table__)
_ADD, _ADD_AFFILIATION, _ADD_STAGE = (Fixed(insert(table)) for table in _TABLES)
_SEALED = Fixed(
    select(Member.id, Member.identity_sealed, Member.identity_index, Member.phone_sealed).where(
        Member.tenant_id == bindparam("tenant"), among(Member.id, "ids")
    )
)


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
    rows = [_row(tenant_id, new, sealed, now) for new, sealed in registered]
    try:
        await session.execute(insert(_ROWS), rows)
    except IntegrityError as error:
        raise _taken(error) from error


async def insert_person(
    session: AsyncSession,
    tenant_id: UUID,
    person: Person,
    sealed: Sealed,
    *,
    affiliations: Sequence[Affiliation],
    stages: Sequence[StagePeriod],
    now: datetime,
) -> None:
    """A new member with what begins that day, in one trip. Raises `IdentityTaken`."""
    try:
        await run(
            session,
            _ADD(**_row(tenant_id, person, sealed, now)),
            *(_ADD_AFFILIATION(tenant_id=tenant_id, **vars(each)) for each in affiliations),
            *(_ADD_STAGE(tenant_id=tenant_id, **vars(each)) for each in stages),
        )
    except IntegrityError as error:
        raise _taken(error) from error


async def save_person(
    session: AsyncSession, tenant_id: UUID, before: Person, values: Mapping[str, Any]
) -> None:
    """Write the changed columns. Raises `ChangedMeanwhile` when somebody was faster."""
    changed = dict(values)
    if "name" in changed:
        changed["sort_name"] = sort_name(changed["name"])
    known = {"tenant": tenant_id, "row": before.id, "known": before.version}
    new = {f"new_{name}": value for name, value in changed.items()}
    try:
        (saved,) = await run(session, _saving(tuple(sorted(changed)))(**known, **new))
    except IntegrityError as error:
        raise _taken(error) from error
    if not saved:
        raise ChangedMeanwhile(path=("version",), version=before.version, current=None)


@lru_cache(maxsize=256)
def _saving(names: tuple[str, ...]) -> Fixed:
    """Write these columns of a member, if its version is still the one that is known."""
    columns: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
    return Fixed(
        update(_ROWS)
        .where(
            _ROWS.c.tenant_id == bindparam("tenant"),
            _ROWS.c.id == bindparam("row"),
            _ROWS.c.version == bindparam("known"),
        )
        .values(version=_ROWS.c.version + 1, **columns)
        .returning(_ROWS.c.version)
    )


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
    await session.execute(
        query,
        [{"row": c["id"], **{f"new_{k}": v for k, v in c.items() if k != "id"}} for c in changes],
    )


async def sealed_of(
    session: AsyncSession, tenant_id: UUID, ids: Collection[UUID]
) -> dict[UUID, Sealed]:
    """What is kept sealed of these members."""
    (rows,) = await run(session, _SEALED(tenant=tenant_id, ids=sorted(ids)))
    found = (dict(row._mapping) for row in rows)
    return {values.pop("id"): Sealed(**values) for values in found}


async def sealed_field(
    session: AsyncSession, tenant_id: UUID, id: UUID, column: str
) -> bytes | None:
    """The ciphertext of `identity_sealed` or `phone_sealed`."""
    query = select(getattr(Member, column)).where(Member.tenant_id == tenant_id, Member.id == id)
    sealed: bytes | None = (await session.execute(query)).scalar_one()
    return sealed


def _row(tenant_id: UUID, new: Person, sealed: Sealed, now: datetime) -> dict[str, Any]:
    return {
        "tenant_id": tenant_id,
        "sort_name": sort_name(new.name),
        "created_at": now,
        **vars(new),
        **vars(sealed),
    }


def _taken(error: IntegrityError) -> Exception:
    """`IdentityTaken`, if that is what the unique index says; else the bug itself."""
    if unique_violation(error) == "uq_core_member_tenant_id_identity_index":
        return IdentityTaken(path=("identity_number",))
    return error
