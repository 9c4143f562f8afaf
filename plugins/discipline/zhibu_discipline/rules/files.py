"""Whether a member's file is complete and genuine, and who keeps it (S3C-35, S3C-36, S0-21).

What is missing is made good; what seems untrue is asked of the organization that sent it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from zhibu.calendar import add_months
from zhibu.errors import Conflict, Invalid
from zhibu_discipline import errors
from zhibu_discipline.rules.referrals import day_refusals


class Condition(StrEnum):
    """How a document of a file was found."""

    PRESENT = "present"
    MISSING = "missing"
    DOUBTFUL = "doubtful"


class Custody(StrEnum):
    """Where the documents are kept: in the personnel file, or in a Party member's file of its own
    where there is none, with the committee or the department of personnel (S0-21)."""

    PERSONNEL_FILE = "personnel_file"
    COMMITTEE = "committee"
    HUMAN_RESOURCES = "human_resources"


class FileState(StrEnum):
    """Whether a check is the one that counts; a later one takes its place."""

    STANDING = "standing"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class FileDocument:
    """A document that a file must have, as the catalogue in force says."""

    code: str
    zh: str
    en: str
    clause: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """How one document was found, and what is wrong with it."""

    document: str
    condition: Condition
    note: str | None = None


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """By whom the file is kept; all null while that is not settled.

    `compiled_on` is when the branch compiled a Party member's file, there being no personnel file.
    """

    custody: Custody | None = None
    custodian: str | None = None
    compiled_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Checking:
    """A checklist as it is entered: who looked at the file, when, and what it rests on."""

    checker: str
    evidence: str
    on: date
    found: Sequence[Found]
    keeping: Keeping


@dataclass(frozen=True, kw_only=True)
class FileCheck:
    """A check as it is kept; `kept_on` is since when it says who keeps the file."""

    id: UUID
    member_id: UUID
    organization_id: UUID
    state: FileState
    checked_on: date
    kept_on: date | None
    previous_id: UUID | None
    version: int


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """A document of a check: whether it is made good, how, by whom, and who was asked of it."""

    document: str
    condition: Condition
    repaired_on: date | None = None
    repair: str | None = None
    asked: str | None = None
    repaired_by: UUID | None = None

    @property
    def open(self) -> bool:
        return self.condition is not Condition.PRESENT and self.repaired_on is None


def file_documents(catalogue: Iterable[Mapping[str, Any]]) -> list[FileDocument]:
    """The documents of a catalogue, in its order; a word without a clause is none."""
    return [
        FileDocument(code=row["code"], zh=row["zh"], en=row["en"], clause=row["clause"])
        for row in catalogue
        if row.get("clause")
    ]


def checking_refusals(
    checking: Checking, documents: Sequence[FileDocument], *, since: date, today: date
) -> Iterator[Invalid]:
    """Each document is said once, what is wrong with one in words, by somebody, on some ground."""
    yield from day_refusals(since, checking.on, today)
    if not checking.checker.strip():
        yield errors.CheckerMissing(path=("checker",))
    if not checking.evidence.strip():
        yield errors.EvidenceMissing(path=("evidence",))
    said, wanted = Counter(each.document for each in checking.found), {d.code for d in documents}
    unfit = {code for code in {*said} | wanted if said[code] != (code in wanted)}
    if unfit:
        yield errors.FileDocumentsUnfit(path=("documents",), documents=sorted(unfit))
    for each in checking.found:
        if each.condition is not Condition.PRESENT and not (each.note or "").strip():
            yield errors.FileNoteMissing(path=("documents",), document=each.document)
    yield from keeping_refusals(checking.keeping, since=since, today=today)


def keeping_refusals(keeping: Keeping, *, since: date, today: date) -> Iterator[Invalid]:
    """Who keeps the file has a name; a Party member's file was compiled on a day (S3C-36)."""
    if keeping.custody is None:
        return
    if not (keeping.custodian or "").strip():
        yield errors.CustodianMissing(path=("custodian",))
    if keeping.custody is Custody.PERSONNEL_FILE:
        return
    if keeping.compiled_on is None:
        yield errors.CompilingMissing(path=("compiled_on",))
    else:
        yield from day_refusals(since, keeping.compiled_on, today, field="compiled_on")


def repair_refusals(
    check: FileCheck, line: FileLine | None, *, how: str, on: date, asked: str | None, today: date
) -> Iterator[Invalid | Conflict]:
    """Only what is lacking is made good; of what seems untrue the sender was asked (S3C-35)."""
    yield from standing_refusals(check)
    yield from day_refusals(check.checked_on, on, today)
    if line is None or not line.open:
        yield errors.NothingToRepair(path=("document",))
    elif line.condition is Condition.DOUBTFUL and not (asked or "").strip():
        yield errors.SenderUnasked(path=("asked",))
    if not how.strip():
        yield errors.RepairUnsaid(path=("how",))


def still_made_good(lines: Iterable[FileLine], checking: Checking) -> dict[str, FileLine]:
    """What was made good of a check that is put right: what is found as it was, and not later.

    A document that seems untrue where one seemed missing was asked of nobody.
    """
    found = {each.document: each.condition for each in checking.found}
    return {
        line.document: line
        for line in lines
        if line.repaired_on is not None
        and line.repaired_on >= checking.on
        and found.get(line.document) is line.condition
    }


def standing_refusals(check: FileCheck) -> Iterator[Conflict]:
    if check.state is not FileState.STANDING:
        yield errors.CheckNotStanding(path=("check",), state=check.state)


def totals(lines: Sequence[FileLine], *, checked_on: date, kept_on: date | None) -> dict[str, Any]:
    """What a check says in sum: how much still lacks or is doubted, and since when nothing does.

    A file is complete once neither is open and somebody keeps it: on the last of these days.
    """
    open_lines = [each.condition for each in lines if each.open]
    made_good = [each.repaired_on for each in lines if each.repaired_on is not None]
    done = None
    if kept_on is not None and not open_lines:
        done = max(checked_on, kept_on, *made_good)
    return {
        "missing": open_lines.count(Condition.MISSING),
        "doubtful": open_lines.count(Condition.DOUBTFUL),
        "completed_on": done,
    }


def repair_day(sums: Mapping[str, Any], checked_on: date, months: int) -> date | None:
    """By when it is made good; None where the file was found complete (S3D-34)."""
    return None if sums["completed_on"] else add_months(checked_on, months)
