"""What becomes of a member who was checked: a dated table proposes, a person decides.

The first line whose conditions all hold is what the table proposes (S3C-14 to S3C-24, S3D-12 to
S3D-21). The plans of 2016 and the Regulations of 2019 treat who is lost differently (A-01).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from zhibu.basis import Basis
from zhibu.calendar import add_months


class Course(StrEnum):
    """What becomes of somebody."""

    MANAGED = "managed"
    TRANSFER = "transfer"
    REISSUE = "reissue"
    PROOF = "proof"
    RESPONSIBLE = "responsible"
    CARD = "card"
    RETENTION = "retention"
    STOP = "stop"
    CORRECTION = "correction"
    PERSUASION = "persuasion"
    GIVEN_UP = "given_up"
    WITHDRAWAL = "withdrawal"
    CANCELLATION = "cancellation"
    EXTENSION = "extension"
    NON_RECOGNITION = "non_recognition"
    REFERRAL = "referral"
    SEARCH_ON = "search_on"


class Condition(StrEnum):
    """What a line asks for. Those in `TOLD` somebody tells; the others the records say."""

    LOST = "lost"
    FOUND = "found"
    NOT_FOUND = "not_found"
    FLOATING = "floating"
    HANGING = "hanging"
    POCKET = "pocket"
    INACTIVE = "inactive"
    DOUBTFUL = "doubtful"
    UNRECEIPTED = "unreceipted"
    PROBATIONARY = "probationary"
    STOPPED = "stopped"
    EXPLAINS = "explains"
    SINCERE = "sincere"
    INSINCERE = "insincere"
    STAYS = "stays"
    LEAVES = "leaves"
    APPLIES = "applies"
    CLEAN = "clean"
    TARNISHED = "tarnished"
    BREACHED = "breached"
    RESOLVED = "resolved"
    REFUSES = "refuses"
    EXCUSED = "excused"
    ELSEWHERE = "elsewhere"
    MOVING = "moving"
    FAILED = "failed"
    ARRIVED = "arrived"
    NOT_ARRIVED = "not_arrived"
    ABROAD = "abroad"
    SETTLED_ABROAD = "settled_abroad"
    UNPROVED = "unproved"
    IRREGULAR = "irregular"


RECORDED = frozenset(
    {
        *(Condition.LOST, Condition.FOUND, Condition.NOT_FOUND, Condition.FLOATING),
        *(Condition.HANGING, Condition.POCKET, Condition.INACTIVE, Condition.DOUBTFUL),
        *(Condition.UNRECEIPTED, Condition.PROBATIONARY, Condition.STOPPED),
    }
)
TOLD = frozenset(Condition) - RECORDED
# What cannot be told of one person at once.
AGAINST = (
    (Condition.SINCERE, Condition.INSINCERE),
    (Condition.STAYS, Condition.LEAVES),
    (Condition.STAYS, Condition.APPLIES),
    (Condition.CLEAN, Condition.TARNISHED),
    (Condition.CLEAN, Condition.BREACHED),
    (Condition.RESOLVED, Condition.REFUSES),
    (Condition.ELSEWHERE, Condition.MOVING),
    (Condition.ARRIVED, Condition.NOT_ARRIVED),
    (Condition.ABROAD, Condition.SETTLED_ABROAD),
)
# The labels of a sheet that are conditions.
LABELLED = {
    each.value: each
    for each in (
        *(Condition.LOST, Condition.FLOATING, Condition.HANGING, Condition.POCKET),
        *(Condition.INACTIVE, Condition.DOUBTFUL),
    )
}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the table: when it holds, by which plans, and what it comes to.

    `months`: how long he must have been lost; exactly so many are enough if `inclusive`.
    `stopped_months`: how long the membership must have been stopped.
    """

    code: str
    zh: str
    en: str
    course: Course
    clause: str
    when: frozenset[Condition]
    plans: frozenset[str] = frozenset()
    months: int | None = None
    inclusive: bool = True
    stopped_months: int | None = None


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What holds of somebody: told and recorded; lost since when, stopped since when."""

    plan: str
    held: frozenset[Condition]
    lost_since: date | None = None
    stopped_since: date | None = None


@dataclass(frozen=True, kw_only=True)
class Table:
    """The table as it stands on a day, and who says so."""

    lines: tuple[Line, ...]
    basis: Basis | None = None


def table(catalogue: Iterable[Mapping[str, Any]], basis: Basis | None = None) -> Table:
    """The table of a catalogue, in its order; a line that says no course and no clause is none."""
    return Table(
        basis=basis,
        lines=tuple(
            Line(
                code=row["code"],
                zh=row["zh"],
                en=row["en"],
                course=Course(row["course"]),
                clause=row["clause"],
                when=frozenset(map(Condition, row["when"])),
                plans=frozenset(row.get("plans", ())),
                months=row.get("months"),
                inclusive=row.get("inclusive", True),
                stopped_months=row.get("stopped_months"),
            )
            for row in catalogue
            if row.get("course") in [*Course] and row.get("clause") and row.get("when")
        ),
    )


def proposals(known: Table, facts: Facts, *, today: date) -> list[Line]:
    """The lines that hold, in the table's order: the first is proposed, the others were weighed."""
    return [line for line in known.lines if _holds(line, facts, today)]


def contradictions(told: Collection[Condition]) -> Iterator[tuple[Condition, Condition]]:
    """What was told and cannot hold at once."""
    for one, other in AGAINST:
        if one in told and other in told:
            yield one, other


def _holds(line: Line, facts: Facts, today: date) -> bool:
    return (
        line.when <= facts.held
        and (not line.plans or facts.plan in line.plans)
        and _lasted(facts.lost_since, line.months, line.inclusive, today)
        and _lasted(facts.stopped_since, line.stopped_months, True, today)
    )


def _lasted(since: date | None, months: int | None, inclusive: bool, today: date) -> bool:
    if months is None:
        return True
    if since is None:
        return False
    edge = add_months(since, months)
    return edge < today or (inclusive and edge == today)
