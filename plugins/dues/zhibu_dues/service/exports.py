"""The year's grid of an organization, as workbooks and pages show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zhibu.act import Act, Event
from zhibu.errors import refuse
from zhibu.identifiers import row_of
from zhibu.organizations.public import organization_of
from zhibu_dues import actions
from zhibu_dues.errors import PageTooLong
from zhibu_dues.public import EXPORTED
from zhibu_dues.rules.bases import year_refusals
from zhibu_dues.store import exports as store


@dataclass(frozen=True, kw_only=True)
class Line:
    """A member's year: what each month needs, what was paid for it, what is overdue, by number."""

    organization: str
    name: str
    owed: dict[int, int] = field(default_factory=dict)
    paid: dict[int, int] = field(default_factory=dict)
    overdue: set[int] = field(default_factory=set)


async def lines(act: Act, path: str, year: int, *, most: int | None = None) -> list[Line]:
    """The year of everybody at or below a path of whom the caller may read.

    Raises `PageTooLong` where there are more than `most`, without reading them all.
    """
    found: dict[Any, Line] = {}
    limit = None if most is None else most * 12 + 1
    rows = await store.months_below(act.session, act.tenant_id, path, year, limit=limit)
    if most is not None and (len(rows) == limit or len({row.member_id for row in rows}) > most):
        raise PageTooLong(path=("organization",), most=most)
    for row in rows:
        if not act.may(actions.READ, row.path, row.member_id):
            continue
        line = found.setdefault(row.member_id, Line(organization=row.organization, name=row.name))
        line.owed[row.month.month] = row.owed_fen
        line.paid[row.month.month] = row.paid_fen
        if row.paid_fen < row.owed_fen and row.due_on < act.today:
            line.overdue.add(row.month.month)
    return [*found.values()]


async def grid(act: Act, filters: Mapping[str, Any], sheet: str) -> Sequence[Line]:
    """The grid by the filters `organization` (a global id), `year` and `purpose`, each optional."""
    path = ""
    if filters.get("organization"):
        unit = await organization_of(act, row_of(filters["organization"], "Organization"))
        act.require(actions.READ, unit.path)
        path = unit.path
    year = int(filters.get("year") or act.today.year)
    refuse(year_refusals(year, act.today))
    found = await lines(act, path, year)
    facts = {"sheet": sheet, "rows": len(found), "year": year, "purpose": filters.get("purpose")}
    act.record(Event(name=EXPORTED, subject=("Sheet", None), path=path or None, facts=facts))
    return found
