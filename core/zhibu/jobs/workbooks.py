"""Workbooks taken in and given out as long work."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any
from uuid import UUID

from zhibu.accounts.rules.factors import Use
from zhibu.act import Act, Caller, TenantFacts
from zhibu.attachments import service as files
from zhibu.contributions import Sheet
from zhibu.exporting import export_workbook
from zhibu.forms.checking import Mode
from zhibu.importing import ImportReport, Phase, import_workbook, sheet_of
from zhibu.importing.workplace import Snapshot
from zhibu.jobs.errors import ImportSourceGone
from zhibu.jobs.results import give
from zhibu.jobs.work import Task, Work
from zhibu.policy import Policy
from zhibu.texts import Texts

MOST_FAULTS = 500  # shown by the job; the returned workbook has all
PAUSE = 0.1  # seconds between two notes of a thread


@dataclass(frozen=True)
class _Held:
    """The platform for a task: an act of a worker that lost the job meanwhile is not kept."""

    task: Task

    @property
    def policy(self) -> Policy:
        return self.task.platform.policy

    @property
    def texts(self) -> Texts:
        return self.task.platform.texts

    @property
    def sheets(self) -> Mapping[str, Sheet]:
        return self.task.platform.sheets

    @property
    def clock(self) -> Callable[[], datetime]:
        return self.task.platform.clock

    async def snapshot(self, tenant_id: UUID) -> Snapshot:
        return await self.task.platform.snapshot(tenant_id)

    @asynccontextmanager
    async def act(
        self,
        tenant: TenantFacts,
        caller: Caller,
        *,
        now: datetime | None = None,
        request_id: str | None = None,
    ) -> AsyncIterator[Act]:
        made = self.task.platform.act(tenant, caller, now=now, request_id=request_id)
        async with made as act:
            yield act
            await self.task.hold(act)


async def _taken_in(task: Task) -> Mapping[str, Any]:
    asked, source = task.arguments, task.job.source_id
    if source is None:
        raise ImportSourceGone()
    async with task.act() as act:
        file = await files.seen(act, source)
    with task.platform.attachments.open(task.tenant.id, file.sha256) as opened:
        content = await asyncio.to_thread(opened.read)
    report = await import_workbook(
        _Held(task),
        task.tenant,
        task.caller,
        sheet_of(task.platform, asked["sheet"]),
        content,
        mode=Mode(asked["mode"]),
        dry_run=asked["dry_run"],
        locale=asked["locale"],
        request_id=task.request_id,
        on_progress=_progress(task),
    )
    if report.returned is not None:
        await give(task, report.returned, f"错误说明-{file.name}")
    return _outcome(report, dry_run=asked["dry_run"])


async def _given_out(task: Task) -> Mapping[str, Any]:
    asked = task.arguments
    sheet = sheet_of(task.platform, asked["sheet"])
    organization = asked["organization"]
    exported = await export_workbook(
        _Held(task),
        task.tenant,
        task.caller,
        sheet,
        organization_id=UUID(organization) if organization else None,
        purpose=asked["purpose"],
        request_id=task.request_id,
        on_progress=_noting(task),
    )
    await give(task, exported.content, f"{sheet.title}.xlsx")
    return {"rows": exported.rows}


# Both may be begun again: the same file leaves everything unchanged, and a second export is a
# second line in the ledger.
IMPORT = Work(kind="import", run=_taken_in, retries=1, long=True)
EXPORT = Work(kind="export", run=_given_out, retries=1, long=True, proof=Use.EXPORT)


def _progress(task: Task) -> Callable[[Phase, int], None]:
    """How far it is, while nothing is being written: a note would wait for that to end."""
    noted = _noting(task)

    def said(phase: Phase, rows: int) -> None:
        if phase is Phase.CHECKING and rows:
            noted(rows, None)

    return said


def _noting(task: Task) -> Callable[[int, int | None], None]:
    """Notes from a thread how far it is; what it says too often is dropped there."""
    loop, said = asyncio.get_running_loop(), 0.0

    def note(done: int, total: int | None) -> None:
        nonlocal said
        if monotonic() - said >= PAUSE:
            said = monotonic()
            asyncio.run_coroutine_threadsafe(task.progress(done, total), loop)

    return note


def _outcome(report: ImportReport, *, dry_run: bool) -> Mapping[str, Any]:
    written = report.written
    return {
        "rows": report.rows,
        "good": report.good,
        "written": written is not None,
        "dry_run": dry_run,
        "created": written.created if written else 0,
        "updated": written.updated if written else 0,
        "unchanged": written.unchanged if written else 0,
        "errors": report.errors,
        "warnings": len(report.findings) - report.errors,
        "faults": [
            {
                "row": finding.fault.row,
                "column": finding.fault.column,
                "severity": str(finding.fault.severity),
                "code": finding.fault.code,
                "message": finding.text,
            }
            for finding in report.findings[:MOST_FAULTS]
        ],
    }
