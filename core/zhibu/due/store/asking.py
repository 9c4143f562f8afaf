"""What is due, straight from the records: the declared selects as one statement with pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    cast,
    func,
    literal,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession

from zhibu.contributions import Due, Window
from zhibu.due.rules.items import Item, Outcome
from zhibu.due.store.regions import by_region, edges_of
from zhibu.due.tables import Obligation
from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.parameters.book import Book, Value
from zhibu.policy import Scope
from zhibu.storage.aliases import named

Key = tuple[date, int, UUID]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What to list: of which kinds and where the caller may see each, below which organization.

    `book` says for how long each is brought to mind at all.

    `after` is the key of the last item of the page before: its day, the number of its kind among
    `kinds`, and its subject.
    """

    window: Window
    book: Book
    kinds: Sequence[tuple[Due, Scope]]
    under: UUID | None = None
    after: Key | None = None

    @cached_property
    def parts(self) -> list[Select[Any]]:
        """What is open of each kind: composing it costs more than the database takes for it."""
        return [_narrowed(self, number) for number in range(len(self.kinds))]

    @cached_property
    def edges(self) -> tuple[Any, Any] | None:
        """Between which paths everything lies, if it is asked below an organization."""
        return edges_of(self.window.tenant_id, self.under) if self.under else None


async def items(session: AsyncSession, asked: Asked, limit: int) -> list[tuple[Key, Item]]:
    """The first items that are open, by day, kind and subject."""
    parts = [_page(asked, number, limit) for number in range(len(asked.kinds))]
    if not parts:
        return []
    page = union_all(*(select(part) for part in parts)).subquery("page")
    member = Member.__table__.alias("member")
    named = and_(member.c.tenant_id == asked.window.tenant_id, member.c.id == page.c.member_id)
    statement = (
        select(page, member.c.name.label("member_name"))
        .join_from(page, member, named, isouter=True)
        .order_by(page.c.due_on, page.c.number, page.c.subject_id)
        .limit(limit)
    )
    return [_item(asked, row) for row in await session.execute(statement)]


async def item(session: AsyncSession, asked: Asked, subject_id: UUID) -> Item | None:
    """What is open of one subject, of the only kind that is asked for."""
    found = asked.parts[0]
    found = found.where(found.selected_columns["subject_id"] == subject_id).limit(1)
    row = (await session.execute(found.add_columns(literal(None).label("member_name")))).first()
    return None if row is None else _item(asked, row)[1]


async def count(session: AsyncSession, asked: Asked) -> int:
    """How many items are open in all."""
    parts = [select(func.count().label("n")).select_from(part.subquery()) for part in asked.parts]
    if not parts:
        return 0
    counts = union_all(*parts).subquery("counts")
    return int((await session.execute(select(func.sum(counts.c.n)))).scalar_one())


def _page(asked: Asked, number: int, limit: int) -> Any:
    """A page of one kind, so that no kind is sorted whole for the sake of a few rows of it."""
    found = asked.parts[number]
    due_on, subject = found.selected_columns["due_on"], found.selected_columns["subject_id"]
    if asked.after is not None:
        day, place, last = asked.after
        if number > place:
            found = found.where(due_on >= day)
        elif number < place:
            found = found.where(due_on > day)
        else:
            found = found.where(tuple_(due_on, subject) > tuple_(literal(day), literal(last)))
    return found.order_by(due_on, subject).limit(limit).subquery(f"k{number}")


def _narrowed(asked: Asked, number: int) -> Select[Any]:
    kind, scope = asked.kinds[number]
    rows = kind.items(_window(asked, kind)).subquery(f"i{number}")
    unit = named(Organization.__table__, f"u{number}")
    basis: Any = rows.c.basis if "basis" in rows.c else literal(kind.basis)
    return (
        select(
            literal(number, Integer()).label("number"),
            rows.c.subject_id,
            rows.c.organization_id,
            cast(rows.c.member_id, Uuid()).label("member_id"),
            rows.c.starts_on,
            rows.c.due_on,
            cast(basis, Text()).label("basis"),
            unit.c.name.label("organization_name"),
            unit.c.path,
        )
        .join(
            unit,
            and_(
                unit.c.tenant_id == asked.window.tenant_id,
                unit.c.id == rows.c.organization_id,
            ),
        )
        .where(
            rows.c.done_on.is_(None),
            scope.bound(unit.c.path, rows.c.member_id, prefix=f"s{number}"),
            *_pursued(asked, kind, unit, rows),
            *_unsettled(asked, kind, rows),
            *_below(asked, unit.c.path),
        )
    )


def _below(asked: Asked, path: Any) -> list[ColumnElement[bool]]:
    return [] if asked.edges is None else [path >= asked.edges[0], path < asked.edges[1]]


def _window(asked: Asked, kind: Due) -> Window:
    """What is asked for, without what is brought to mind nowhere any more."""
    if kind.pursued is None:
        return asked.window
    today = asked.window.today
    days = max(value.value or 0 for value in asked.book.regions(kind.pursued, today))
    first = min(max(asked.window.first, today - timedelta(days=days)), asked.window.last)
    return replace(asked.window, first=first)


def _pursued(asked: Asked, kind: Due, unit: Any, rows: Any) -> list[ColumnElement[bool]]:
    if kind.pursued is None:
        return []
    today = asked.window.today

    def earliest(days: Value) -> Any:
        return literal(today - timedelta(days=days.value or 0), Date())

    return [
        rows.c.due_on >= by_region(asked.book.regions(kind.pursued, today), unit.c.path, earliest)
    ]


def _unsettled(asked: Asked, kind: Due, rows: Any) -> list[ColumnElement[bool]]:
    """Of what nothing recorded ends: whether nobody has said yet that it is done."""
    if kind.settled_by is None:
        return []
    due = Obligation.__table__.alias()
    settled = select(literal(1)).where(
        due.c.tenant_id == asked.window.tenant_id,
        due.c.kind == kind.name,
        due.c.subject_id == rows.c.subject_id,
        due.c.due_on == rows.c.due_on,
        due.c.outcome == Outcome.SETTLED,
    )
    return [~settled.exists()]


def _item(asked: Asked, row: Any) -> tuple[Key, Item]:
    kind, _ = asked.kinds[row.number]
    item = Item(
        kind=kind.name,
        subject_id=row.subject_id,
        organization_id=row.organization_id,
        organization_name=row.organization_name,
        path=row.path,
        member_id=row.member_id,
        member_name=row.member_name,
        starts_on=row.starts_on,
        due_on=row.due_on,
        basis=row.basis,
    )
    return (row.due_on, row.number, row.subject_id), item
