"""What an export is about: an organization, a year, and a line in the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhibu.act import Act, Event
from zhibu.actions import Action
from zhibu.calendar import checked_year, year_of
from zhibu.identifiers import row_of
from zhibu.organizations.public import organization_of
from zhibu_flow_members.errors import RegisterTooLong
from zhibu_flow_members.public import EXPORTED
from zhibu_flow_members.service.events import told

MOST = 100_000


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What is exported: everything at or below `path` between two days."""

    path: str
    first: date
    last: date
    sheet: str
    purpose: str | None

    def say(self, act: Act, rows: int) -> None:
        """Put into the ledger who exported how much, and what for."""
        facts = {"sheet": self.sheet, "rows": rows, "year": self.first.year}
        known = told({**facts, "purpose": self.purpose})
        about = ("Sheet", None)
        act.record(Event(name=EXPORTED, subject=about, path=self.path or None, facts=known))


async def chosen(act: Act, filters: Mapping[str, Any], action: Action, sheet: str) -> Chosen:
    """The filters `organization` (a global id), `year` and `purpose`, each optional."""
    path = ""
    if filters.get("organization"):
        unit = await organization_of(act, row_of(filters["organization"], "Organization"))
        act.require(action, unit.path)
        path = unit.path
    first, last = year_of(checked_year(int(filters.get("year") or act.today.year)))
    purpose = filters.get("purpose")
    return Chosen(path=path, first=first, last=last, sheet=sheet, purpose=purpose)


def whole(rows: Sequence[Any]) -> Sequence[Any]:
    """All rows, of which one more than `MOST` was asked for. Raises `RegisterTooLong`."""
    if len(rows) > MOST:
        raise RegisterTooLong(path=("organization",), most=MOST)
    return rows
