"""What is kept of a checklist: its sums, who keeps the file, and a row for each document."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.identifiers import new_id
from zhibu_discipline.rules import files as rules
from zhibu_discipline.rules.files import Checking, FileDocument, FileLine, Keeping

MADE_GOOD = ("repaired_on", "repair", "asked", "repaired_by")


def sums_of(
    act: Act,
    checking: Checking,
    path: str,
    good: Mapping[str, FileLine] | None = None,
    *,
    kept_on: date | None = None,
) -> dict[str, Any]:
    """What a checklist says in sum, with what is `good` by now; kept since the check at least.

    By when it is made good hangs on what the check found, not on what was made good since.
    """
    found = [FileLine(document=each.document, condition=each.condition) for each in checking.found]
    lines = [(good or {}).get(line.document, line) for line in found]
    kept_on = max(checking.on, kept_on or checking.on) if checking.keeping.custody else None
    sums = rules.totals(lines, checked_on=checking.on, kept_on=kept_on)
    then = kept_on if kept_on == checking.on else None
    as_found = rules.totals(found, checked_on=checking.on, kept_on=then)
    months = act.parameters.whole("discipline.file_repair_months", path, act.today) or 0
    repair_by = rules.repair_day(as_found, checking.on, months)
    return {**sums, "kept_on": kept_on, "repair_by": repair_by}


def said_of(checking: Checking) -> dict[str, Any]:
    return {
        "checked_on": checking.on,
        "checker": checking.checker.strip(),
        "evidence": checking.evidence.strip(),
        **kept_of(checking.keeping),
    }


def kept_of(keeping: Keeping) -> dict[str, Any]:
    """Where the file is kept; a day of compiling only where the branch compiled one."""
    own = keeping.custody not in (None, rules.Custody.PERSONNEL_FILE)
    return {
        "custody": keeping.custody,
        "custodian": (keeping.custodian or "").strip() or None if keeping.custody else None,
        "compiled_on": keeping.compiled_on if own else None,
    }


def lines_of(
    id: UUID,
    checking: Checking,
    documents: Sequence[FileDocument],
    good: Mapping[str, FileLine] | None = None,
) -> list[dict[str, Any]]:
    """A row for each document of the list, in its order; it says its name as it was that day."""
    found = {each.document: each for each in checking.found}
    return [
        {
            "id": new_id(),
            "check_id": id,
            "position": position,
            "document": each.code,
            "name": each.zh,
            "condition": found[each.code].condition,
            "note": (found[each.code].note or "").strip() or None,
            **{name: getattr((good or {}).get(each.code), name, None) for name in MADE_GOOD},
        }
        for position, each in enumerate(documents)
    ]


def open_of(sums: Mapping[str, Any]) -> dict[str, int]:
    return {"missing": sums["missing"], "doubtful": sums["doubtful"]}
