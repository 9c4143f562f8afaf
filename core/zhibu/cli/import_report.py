"""What an import found, shown to a person or given to a program."""

from typing import Any

from zhibu.cli.terminal import Terminal
from zhibu.importing import ImportReport

MOST_SHOWN = 50


def counts(report: ImportReport) -> dict[str, Any]:
    """The numbers of a report, by the names that JSON has."""
    written = report.written
    return {
        "rows": report.rows,
        "good": report.good,
        "created": written.created if written else 0,
        "updated": written.updated if written else 0,
        "unchanged": written.unchanged if written else 0,
        "errors": report.errors,
        "warnings": len(report.findings) - report.errors,
    }


def say_report(terminal: Terminal, report: ImportReport, *, as_json: bool, dry_run: bool) -> None:
    """Everything that was found, and what became of it."""
    numbers = counts(report)
    if as_json:
        faults = [
            {
                "row": finding.fault.row,
                "column": finding.fault.column,
                "severity": finding.fault.severity,
                "code": finding.fault.code,
                "message": finding.text,
            }
            for finding in report.findings
        ]
        terminal.json(
            {
                "sheet": report.sheet,
                "sha256": report.sha256,
                "written": report.written is not None,
                **numbers,
                "faults": faults,
            }
        )
        return
    say_findings(terminal, report, as_json=False)
    if report.written is not None:
        terminal.say("imported", **numbers)
    elif report.refused and not dry_run:
        terminal.say("import_refused", **numbers)
    else:
        terminal.say("import_checked", **numbers)


def say_findings(terminal: Terminal, report: ImportReport, *, as_json: bool) -> None:
    """The first findings as a table; nothing where a program reads."""
    if as_json or not report.findings:
        return
    rows = [
        {"row": each.fault.row, "column": each.fault.column, "message": each.text}
        for each in report.findings[:MOST_SHOWN]
    ]
    terminal.show(rows, ["row", "column", "message"], as_json=False, title=report.sheet)
    if len(report.findings) > MOST_SHOWN:
        terminal.say("more_findings", more=len(report.findings) - MOST_SHOWN)
