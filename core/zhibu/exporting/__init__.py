"""Giving out records as a workbook: what the caller may take, marked with who did, and logged."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhibu.accounts.proving import Use, require_proof
from zhibu.act import Caller, Event, TenantFacts
from zhibu.contributions import Sheet
from zhibu.errors import Invalid, PluginDisabled
from zhibu.forms.brush import Mark
from zhibu.forms.rows import Record
from zhibu.forms.writing import write
from zhibu.identifiers import global_id
from zhibu.importing.workplace import Workplace
from zhibu.organizations.public import organization_of
from zhibu.policy.paths import ROOT

Told = Callable[[int, int], None]
EXPORTED = "core.exported"
_UNSAID = "-"


class SheetNotExported(Invalid):
    """Workbooks of this kind are only imported. Facts: `sheet`."""

    code = "core.sheet_not_exported"


@dataclass(frozen=True, kw_only=True)
class Exported:
    """The workbook, and how many rows it has."""

    content: bytes
    rows: int


async def export_workbook(
    workplace: Workplace,
    tenant: TenantFacts,
    caller: Caller,
    sheet: Sheet,
    *,
    organization_id: UUID | None = None,
    purpose: str | None = None,
    now: datetime | None = None,
    request_id: str | None = None,
    on_progress: Told | None = None,
) -> Exported:
    """The rows that the caller may take, at or below the organization, as a marked workbook.

    The sheet's own `read` asks the policy for every row. That somebody took them is in the ledger
    before the workbook exists. While it is written, in a thread of its own, `on_progress` is told
    at each row how many there were before it, and of how many. Raises `SheetNotExported`,
    `PluginDisabled`, `NotFound`.
    """
    if sheet.read is None:
        raise SheetNotExported(path=("kind",), sheet=sheet.name)
    plugin = sheet.permission.plugin
    if not (await workplace.snapshot(tenant.id)).switches.anywhere(plugin):
        raise PluginDisabled(plugin=plugin)
    filters: dict[str, Any] = {"purpose": purpose}
    now = now or workplace.clock()
    path = None
    async with workplace.act(tenant, caller, now=now, request_id=request_id) as act:
        if organization_id is not None:
            path = (await organization_of(act, organization_id)).path
            filters["organization"] = global_id("Organization", organization_id)
        require_proof(act, Use.EXPORT, path or ROOT)
        rows = list(await sheet.read(act, filters))
        facts = {"sheet": sheet.name, "title": sheet.title, "rows": len(rows), "purpose": purpose}
        subject = ("Organization" if organization_id else "Sheet", organization_id)
        act.record(Event(name=EXPORTED, subject=subject, path=path, facts=facts))
    mark = Mark(
        account=caller.overseer or caller.name,
        at=now.astimezone(tenant.zone),
        purpose=purpose or _UNSAID,
    )
    told = rows if on_progress is None else _telling(rows, on_progress)
    content = await asyncio.to_thread(
        write, told, sheet.columns, sheet.title, mark=mark, paper=sheet.paper
    )
    return Exported(content=content, rows=len(rows))


def _telling(rows: Sequence[Record], on_progress: Told) -> Iterator[Record]:
    for done, row in enumerate(rows):
        on_progress(done, len(rows))
        yield row
