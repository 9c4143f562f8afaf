"""What an export is about: an organization, a year, and a line in the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhibu.act import Act, Event
from zhibu.actions import Action
from zhibu.calendar import year_of, year_refusals
from zhibu.errors import refuse
from zhibu.identifiers import row_of
from zhibu.organizations.public import organization_of
from zhibu_education.public import EXPORTED


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
        act.record(
            Event(
                name=EXPORTED,
                subject=("Sheet", None),
                path=self.path or None,
                facts={
                    "sheet": self.sheet,
                    "rows": rows,
                    "first": self.first.isoformat(),
                    "last": self.last.isoformat(),
                    "purpose": self.purpose,
                },
            )
        )


async def chosen(act: Act, filters: Mapping[str, Any], action: Action, sheet: str) -> Chosen:
    """The filters `organization` (a global id), `year` and `purpose`, each optional."""
    path = ""
    if filters.get("organization"):
        unit = await organization_of(act, row_of(filters["organization"], "Organization"))
        act.require(action, unit.path)
        path = unit.path
    year = int(filters.get("year") or act.today.year)
    refuse(year_refusals(year))
    first, last = year_of(year)
    purpose = filters.get("purpose")
    return Chosen(path=path, first=first, last=last, sheet=sheet, purpose=purpose)
