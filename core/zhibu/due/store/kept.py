"""Obligations that were brought to somebody's mind: what became of them, and settling one."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.contributions import Due
from zhibu.due.rules.items import Item, Outcome
from zhibu.due.store.regions import edges_of
from zhibu.due.tables import Obligation
from zhibu.identifiers import new_id
from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.policy import Scope
from zhibu.storage.upsert import insert_or

DUE: Any = Obligation.__table__.alias("due")
UNIT: Any = Organization.__table__.alias("unit")
_MEMBER: Any = Member.__table__.alias("member")
_COLUMNS = (
    "kind",
    "subject_id",
    "organization_id",
    "member_id",
    "starts_on",
    "due_on",
    "basis",
    "closed_on",
    "done_on",
    "outcome",
    "note",
    "late_reason",
)

Kinds = Sequence[tuple[Due, Scope]]
Key = tuple[date, UUID]


@dataclass(frozen=True, kw_only=True)
class Past:
    """Which closed obligations to list: of which days, which kinds, where, and only late ones."""

    tenant_id: UUID
    first: date
    last: date
    kinds: Kinds
    under: UUID | None = None
    late: bool = False
    after: Key | None = None


def shown(tenant_id: UUID, *joined: tuple[Any, Any]) -> Select[Any]:
    """Obligations with the names that belong to them, as `item_of` reads them.

    `joined` are further tables, each with the condition on which its rows belong to them.
    """
    rows = DUE.join(UNIT, and_(UNIT.c.tenant_id == tenant_id, UNIT.c.id == DUE.c.organization_id))
    for table, on in joined:
        rows = rows.join(table, on)
    named = and_(_MEMBER.c.tenant_id == tenant_id, _MEMBER.c.id == DUE.c.member_id)
    return (
        select(
            *(DUE.c[name] for name in _COLUMNS),
            UNIT.c.name.label("organization_name"),
            UNIT.c.path,
            _MEMBER.c.name.label("member_name"),
        )
        .select_from(rows.outerjoin(_MEMBER, named))
        .where(DUE.c.tenant_id == tenant_id)
    )


def visible(kinds: Kinds) -> ColumnElement[bool]:
    """Whether an obligation is of one of these kinds, and where the caller may see that."""
    alike: dict[Hashable, tuple[Scope, list[str]]] = {}  # dozens of kinds, and few places
    for kind, scope in kinds:
        meant = scope.shape, *scope.values("s").values()
        alike.setdefault(meant, (scope, []))[1].append(kind.name)
    return or_(
        literal(False),
        *(
            and_(
                DUE.c.kind.in_(names),
                scope.bound(UNIT.c.path, DUE.c.member_id, prefix=f"s{number}"),
            )
            for number, (scope, names) in enumerate(alike.values())
        ),
    )


def item_of(row: Any) -> Item:
    found = row._mapping
    names = (*_COLUMNS, "organization_name", "path", "member_name")
    values = {name: found[name] for name in names}
    outcome = found["outcome"]
    return Item(**{**values, "outcome": Outcome(outcome) if outcome else None})


async def closed(session: AsyncSession, past: Past, limit: int) -> list[tuple[Key, Item]]:
    """Obligations that have ended, by their day."""
    found = _past(past).add_columns(DUE.c.id.label("due_id"))
    if past.after is not None:
        day, last = past.after
        found = found.where(tuple_(DUE.c.due_on, DUE.c.id) > tuple_(literal(day), literal(last)))
    found = found.order_by(DUE.c.due_on, DUE.c.id).limit(limit)
    return [((row.due_on, row.due_id), item_of(row)) for row in await session.execute(found)]


async def count(session: AsyncSession, past: Past) -> int:
    rows = _past(past).with_only_columns(func.count())
    return int((await session.execute(rows)).scalar_one())


async def settle(
    session: AsyncSession, tenant_id: UUID, item: Item, values: Mapping[str, Any]
) -> None:
    """Keep that an item is done, whether anybody was reminded of it or not."""
    table: Any = Obligation.__table__
    fixed = {
        "tenant_id": tenant_id,
        "id": new_id(),
        "kind": item.kind,
        "subject_id": item.subject_id,
        "organization_id": item.organization_id,
        "member_id": item.member_id,
        "starts_on": item.starts_on,
        "due_on": item.due_on,
        "basis": item.basis,
        "lead": 0,
        "level": 0,
        "raised_on": values["closed_on"],
    }
    await session.execute(
        insert_or(session, table)
        .values({**fixed, **values})
        .on_conflict_do_update(
            index_elements=["tenant_id", "kind", "subject_id", "due_on"], set_=dict(values)
        )
    )


async def explain(session: AsyncSession, tenant_id: UUID, due_id: UUID, reason: str) -> None:
    """Keep why something was done late."""
    await session.execute(
        update(Obligation)
        .where(Obligation.tenant_id == tenant_id, Obligation.id == due_id)
        .values(late_reason=reason)
        .execution_options(synchronize_session=False)
    )


def _past(past: Past) -> Select[Any]:
    found = shown(past.tenant_id).where(
        DUE.c.closed_on.is_not(None),
        DUE.c.due_on.between(past.first, past.last),
        visible(past.kinds),
    )
    if past.under is not None:
        first, beyond = edges_of(past.tenant_id, past.under)
        found = found.where(UNIT.c.path >= first, UNIT.c.path < beyond)
    if past.late:
        found = found.where(DUE.c.done_on > DUE.c.due_on)
    return found
