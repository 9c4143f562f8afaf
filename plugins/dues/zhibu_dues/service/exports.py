"""The year's grid of an organization, as workbooks and pages show it."""

from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import date
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

    def put(self, row: Any, today: date) -> None:
        """Add a month as it is stored."""
        month = row.month.month
        self.owed[month], self.paid[month] = row.owed_fen, row.paid_fen
        if row.paid_fen < row.owed_fen and row.due_on < today:
            self.overdue.add(month)


async def lines(act: Act, path: str, year: int, *, most: int | None = None) -> list[Line]:
    """The year of everybody at or below a path of whom the caller may read.

    Raises `PageTooLong` where there are more than `most`, without reading them all.
    """
    found: list[Line] = []
    limit = None if most is None else most * 12 + 1
    rows = store.months_below(act.session, act.tenant_id, path, year, limit=limit)
    read, member_id, shown = 0, None, False
    async with aclosing(rows):
        async for row in rows:  # by member, so that of each one line is kept and no rows
            if row.member_id != member_id:
                read, member_id = read + 1, row.member_id
                if most is not None and read > most:
                    raise PageTooLong(path=("organization",), most=most)
                shown = act.may(actions.READ, row.path, row.member_id)
                if shown:
                    found.append(Line(organization=row.organization, name=row.name))
            if shown:
                found[-1].put(row, act.today)
    return found


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
