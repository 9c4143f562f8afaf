"""The two passes over a workbook: judge everything, then write in one transaction."""

import asyncio
from collections.abc import Iterable
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from zhibu.act import Act, Caller, Event, TenantFacts
from zhibu.contributions import Sheet
from zhibu.forms.checking import Checked, Mode, RowCheck, check_rows, compared
from zhibu.forms.faults import Fault
from zhibu.forms.reading import Reading, read
from zhibu.forms.returned import returned
from zhibu.forms.rows import Row, Written
from zhibu.importing.errors import SheetNotImported, SheetUnknown
from zhibu.importing.report import Finding, ImportReport, Phase, Progress
from zhibu.importing.workplace import Workplace, require_somewhere
from zhibu.storage.many import expect_many

IMPORTED = "core.imported"
_EVERY = 500  # rows between two reports of progress


def sheet_of(workplace: Workplace, name: str) -> Sheet:
    """The kind of workbook of this name. Raises `SheetUnknown`."""
    if (found := workplace.sheets.get(name)) is None:
        raise SheetUnknown(path=("kind",), sheet=name, known=sorted(workplace.sheets))
    return found


async def import_workbook(
    workplace: Workplace,
    tenant: TenantFacts,
    caller: Caller,
    sheet: Sheet,
    content: bytes | Path,
    *,
    mode: Mode = Mode.ALL_OR_NOTHING,
    dry_run: bool = False,
    give_back: bool = True,
    locale: str | None = None,
    now: datetime | None = None,
    request_id: str | None = None,
    on_progress: Progress | None = None,
) -> ImportReport:
    """Judge every row, then write all of them, or the good ones by `mode`, in one transaction.

    Raises what makes the file as a whole unreadable (`zhibu.forms.errors`), `SheetNotImported`,
    `PluginDisabled`, `Forbidden`; `Refused` if writing meets what no check foresaw. Nothing is
    written then. What was written stands in the ledger with its counts and the file's digest.
    The transaction begins after the cells were read, so a large file keeps others waiting little.
    """
    if sheet.write is None:
        raise SheetNotImported(path=("kind",), sheet=sheet.name)
    place = await require_somewhere(workplace, tenant, caller, sheet.permission)
    say = on_progress or _silently
    now = now or workplace.clock()
    say(Phase.READING, 0)
    reading = await asyncio.to_thread(read, content, sheet.columns)
    digest = await asyncio.to_thread(_digest, content)
    say(Phase.CHECKING, 0)
    checked = await asyncio.to_thread(
        check_rows,
        reading,
        on=now.astimezone(tenant.zone).date(),
        key=sheet.key,
        row_check=_counting(sheet.check_row, say),
        partial=sheet.partial,
    )
    written: Written | None = None
    async with AsyncExitStack() as stack:
        begin = partial(workplace.act, tenant, caller, now=now, request_id=request_id)
        act: Act | None = None
        seen = checked.good
        if sheet.partial:
            seen = sorted([*seen, *checked.bad], key=lambda row: row.number)
        if sheet.check is not None and seen:
            say(Phase.COMPARING, len(seen))
            act = await stack.enter_async_context(begin())
            await expect_many(act.session)
            checked = compared(checked, await sheet.check(act, seen), sheet.columns)
        rows = checked.to_write(mode)
        if rows and not dry_run:
            say(Phase.WRITING, len(rows))
            if act is None:
                act = await stack.enter_async_context(begin())
                await expect_many(act.session)
            written = await sheet.write(act, rows)
            act.record(_event(sheet, checked, rows, written, digest, place))
    findings = _explained(workplace, tenant, checked.faults, locale or tenant.locale)
    back = None
    if findings and give_back:
        say(Phase.RETURNING, len(findings))
        back = await asyncio.to_thread(_given_back, reading, findings)
    return ImportReport(
        sheet=sheet.name,
        rows=checked.rows,
        good=len(checked.good),
        findings=findings,
        written=written,
        sha256=digest,
        returned=back,
    )


def _silently(phase: Phase, rows: int) -> None: ...


def _digest(content: bytes | Path) -> str:
    if isinstance(content, Path):
        content = content.read_bytes()
    return sha256(content).hexdigest()


def _counting(judge: RowCheck | None, say: Progress) -> RowCheck:
    """The sheet's own judgement of a row, which also tells how far it is."""
    done = 0

    def judged(row: Row) -> Iterable[Fault]:
        nonlocal done
        done += 1
        if done % _EVERY == 0:
            say(Phase.CHECKING, done)
        return judge(row) if judge else ()

    return judged


def _explained(
    workplace: Workplace, tenant: TenantFacts, faults: Iterable[Fault], locale: str
) -> tuple[Finding, ...]:
    texts = workplace.texts
    return tuple(
        Finding(
            fault=fault,
            text=texts.filled("errors", fault.code, fault.facts, locale, tenant.zone),
        )
        for fault in faults
    )


def _given_back(reading: Reading, findings: Iterable[Finding]) -> bytes:
    # By identity: facts are mappings, so a fault is no key.
    texts = {id(finding.fault): finding.text for finding in findings}
    faults = [finding.fault for finding in findings]
    return returned(reading, faults, lambda fault: texts[id(fault)])


def _event(
    sheet: Sheet,
    checked: Checked,
    rows: list[Row],
    written: Written,
    digest: str,
    place: str | None,
) -> Event:
    """What the ledger keeps of an import: counts and the digest, never what was in the file."""
    return Event(
        name=IMPORTED,
        subject=("Sheet", None),
        path=place,
        facts={
            "sheet": sheet.name,
            "title": sheet.title,
            "rows": checked.rows,
            "written": len(rows),
            "created": written.created,
            "updated": written.updated,
            "unchanged": written.unchanged,
            "sha256": digest,
        },
    )
