"""What workbooks of scoring give out, and a line in the ledger that somebody took it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from zhibu.act import Act, Event
from zhibu.calendar import checked_year
from zhibu.identifiers import row_of
from zhibu.organizations.public import organization_of
from zhibu_scoring import actions
from zhibu_scoring.public import EXPORTED
from zhibu_scoring.rules.years import open_years
from zhibu_scoring.service.pages import lines
from zhibu_scoring.service.terms import closing_months
from zhibu_scoring.store import exports as store


async def summaries(act: Act, filters: Mapping[str, Any], sheet: str) -> list[dict[str, Any]]:
    """Annex 3 of every branch at or below, by default of the year that is being closed."""
    path, year = await _chosen(act, filters)
    rows = [
        row
        for row in await store.results_below(act.session, act.tenant_id, path, year)
        if act.may(actions.READ, row.path, row.member_id)
    ]
    found = [
        {"organization": row.organization, "year": year, "rank": row.rank, **line}
        for row, line in zip(rows, await lines(act, rows, year), strict=True)
    ]
    _say(act, path, year, sheet, len(found), filters)
    return found


async def items(act: Act, filters: Mapping[str, Any], sheet: str) -> list[dict[str, Any]]:
    """What the approved entries of each item come to, of whose year is assessed there or below."""
    path, year = await _chosen(act, filters)
    found = [
        {
            "organization": row.organization,
            "year": year,
            "name": row.name,
            "part": row.part,
            "number": row.number,
            "item": row.item,
            "times": row.times,
            "points": Decimal(row.points) / 100,
        }
        for row in await store.items_below(act.session, act.tenant_id, path, year)
        if row.times and act.may(actions.READ, row.path, row.member_id)
    ]
    _say(act, path, year, sheet, len(found), filters)
    return found


async def _chosen(act: Act, filters: Mapping[str, Any]) -> tuple[str, int]:
    path = ""
    if filters.get("organization"):
        unit = await organization_of(act, row_of(filters["organization"], "Organization"))
        act.require(actions.READ, unit.path)
        path = unit.path
    return path, checked_year(
        int(filters.get("year") or open_years(act.today, closing_months(act, path))[0])
    )


def _say(act: Act, path: str, year: int, sheet: str, rows: int, filters: Mapping[str, Any]) -> None:
    facts = {"sheet": sheet, "rows": rows, "year": year}
    if filters.get("purpose"):
        facts["purpose"] = filters["purpose"]
    act.record(Event(name=EXPORTED, subject=("Sheet", None), path=path or None, facts=facts))
