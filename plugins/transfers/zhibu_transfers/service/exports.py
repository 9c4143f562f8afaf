"""Who was sent with a letter and whose receipt is overdue, as workbooks and pages show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from zhibu.act import Act, Event
from zhibu.identifiers import row_of
from zhibu.organizations.public import organization_of
from zhibu_transfers import actions
from zhibu_transfers.errors import PageTooLong
from zhibu_transfers.public import EXPORTED
from zhibu_transfers.store import exports as store


@dataclass(frozen=True, kw_only=True)
class Line:
    """Somebody whose receipt is overdue."""

    organization: str
    name: str
    gender: str
    birth_date: date
    number: str
    issued_on: date
    heading: str
    receipt_by: date
    finding: str | None
    found: str | None


async def lines(act: Act, path: str, *, most: int | None = None) -> list[Line]:
    """Those at or below a path of whom the caller may read. Raises `PageTooLong` above `most`."""
    limit = None if most is None else most + 1
    asked = (act.session, act.tenant_id, act.scope(actions.READ), path, act.today)
    found = await store.without_receipt(*asked, limit=limit)
    if most is not None and len(found) > most:
        raise PageTooLong(path=("organization",), most=most)
    return [
        Line(
            organization=row.organization,
            name=row.name,
            gender=row.gender,
            birth_date=row.birth_date,
            number=f"{row.year}-{row.serial:04d}",
            issued_on=row.issued_on,
            heading=row.heading,
            receipt_by=row.receipt_by,
            finding=row.finding,
            found=row.found,
        )
        for row in found
    ]


async def unreceipted(act: Act, filters: Mapping[str, Any], sheet: str) -> Sequence[Line]:
    """The list by the filters `organization` (a global id) and `purpose`, each optional."""
    path = ""
    if filters.get("organization"):
        unit = await organization_of(act, row_of(filters["organization"], "Organization"))
        act.require(actions.READ, unit.path)
        path = unit.path
    found = await lines(act, path)
    facts = {"sheet": sheet, "rows": len(found), "purpose": filters.get("purpose")}
    act.record(Event(name=EXPORTED, subject=("Sheet", None), path=path or None, facts=facts))
    return found
