"""Workbooks taken in and given out as long work."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from zhibu.attachments import service as files
from zhibu.attachments.rules import LONGEST_NAME
from zhibu.exporting import export_workbook
from zhibu.forms.checking import Mode
from zhibu.importing import ImportReport, Phase, import_workbook, sheet_of
from zhibu.jobs.running import Task, Work

if TYPE_CHECKING:  # the platform does these works
    from zhibu.platform import Platform

IMPORT = "import"
EXPORT = "export"
MOST_FAULTS = 500  # shown by the job; the returned workbook has all
_MOST_RETURNED = 200_000_000


def works(platform: "Platform") -> dict[str, Work]:
    """What the core does beside requests, by kind of job."""

    async def taken_in(task: Task) -> Mapping[str, Any]:
        return await _taken_in(platform, task)

    async def given_out(task: Task) -> Mapping[str, Any]:
        return await _given_out(platform, task)

    return {IMPORT: taken_in, EXPORT: given_out}


async def _taken_in(platform: "Platform", task: Task) -> Mapping[str, Any]:
    asked, source = task.arguments, task.job.source_id
    assert source is not None
    async with task.act() as act:
        file = await files.seen(act, source)
    with platform.attachments.open(task.tenant.id, file.sha256) as opened:
        content = await asyncio.to_thread(opened.read)
    report = await import_workbook(
        platform,
        task.tenant,
        task.caller,
        sheet_of(platform, asked["sheet"]),
        content,
        mode=Mode(asked["mode"]),
        dry_run=asked["dry_run"],
        locale=asked["locale"],
        request_id=task.request_id,
        on_progress=_progress(task),
    )
    if report.returned is not None:
        await _give(platform, task, report.returned, f"错误说明-{file.name}")
    return _outcome(report, dry_run=asked["dry_run"])


async def _given_out(platform: "Platform", task: Task) -> Mapping[str, Any]:
    asked = task.arguments
    sheet = sheet_of(platform, asked["sheet"])
    organization = asked["organization"]
    exported = await export_workbook(
        platform,
        task.tenant,
        task.caller,
        sheet,
        organization_id=UUID(organization) if organization else None,
        purpose=asked["purpose"],
        request_id=task.request_id,
    )
    await _give(platform, task, exported.content, f"{sheet.title}.xlsx")
    return {"rows": exported.rows}


async def _give(platform: "Platform", task: Task, content: bytes, name: str) -> None:
    """Keep a workbook as the job's result, for whoever asked for the work."""

    async def whole() -> AsyncIterator[bytes]:
        yield content

    stored = await platform.attachments.put(task.tenant.id, whole(), _MOST_RETURNED)
    async with task.act() as act:
        task.result_id = await files.add_private(act, stored, name[-LONGEST_NAME:])


def _progress(task: Task) -> Any:
    """How far it is, while nothing is being written: a note would wait for that to end."""
    loop = asyncio.get_running_loop()

    def said(phase: Phase, rows: int) -> None:
        if phase is Phase.CHECKING and rows:
            asyncio.run_coroutine_threadsafe(task.progress(rows), loop)

    return said


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
