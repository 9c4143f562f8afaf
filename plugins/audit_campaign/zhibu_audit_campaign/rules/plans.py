"""Plans of audits: dated catalogues, read as they stand. Their numbers are proposals (A-12)."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from zhibu.basis import Basis
from zhibu.calendar import checked_year


class PlanKind(StrEnum):
    """The plans that are shipped; an institution amends them from a day on."""

    EDUCATION = "education"
    DISTRICT = "district"
    CITY = "city"
    TOWN = "town"


class Level(StrEnum):
    """Who does something in an audit. Committee: whoever approves probationary members (S3C-05)."""

    BRANCH = "branch"
    COMMITTEE = "committee"
    DISTRICT = "district"
    MUNICIPALITY = "municipality"


class Part(StrEnum):
    """What a line of a plan is: its code begins with it, as in `stage.self_check`."""

    SCOPE = "scope"
    FOCUS = "focus"
    STAGE = "stage"
    CHECK = "check"
    VERIFICATION = "verification"
    LABEL = "label"
    FORM = "form"
    REPORT = "report"
    BODY = "body"


# What a verification may ask of a kind of members.
DATA = frozenset(
    {"number", "destination", "state", "contact", "duration", "circumstances", "cause"}
)
LEVELLED = frozenset({Part.STAGE, Part.CHECK, Part.FORM, Part.REPORT})


class Scope(StrEnum):
    """Who is in a list: by affiliation, by a receipt that never came, probationary members too."""

    FORMAL = "formal"
    UNRECEIPTED = "unreceipted"
    PROBATIONARY = "probationary"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a plan. `level` is who does it; of a form, up to whom it goes (S3A-36).

    `since` and `until` are days of a year as `MM-DD`; `needs` is the stage whose result it takes.
    What a stage that `hands_up` comes to goes to the level above by its last day; by the last day
    of one that `reviews_plans`, the level above has reviewed the plans of its level.
    `sensitive` labels are off unless the plan has them `enabled` (A-29).
    """

    part: Part
    code: str
    zh: str
    en: str
    clause: str
    level: Level | None = None
    since: str | None = None
    until: str | None = None
    needs: str | None = None
    hands_up: bool = False
    reviews_plans: bool = False
    data: tuple[str, ...] = ()
    sensitive: bool = False
    enabled: bool = True


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A plan as it stood on some day; `rows` are its lines as the catalogue has them."""

    kind: PlanKind
    lines: Sequence[Line]
    rows: Sequence[Mapping[str, Any]] = ()
    basis: Basis | None = None

    def of(self, part: Part) -> list[Line]:
        """The lines of one part, in the plan's order; what is not enabled is not there."""
        return [line for line in self.lines if line.part is part and line.enabled]

    @property
    def scope(self) -> frozenset[Scope]:
        return frozenset(Scope(line.code) for line in self.of(Part.SCOPE))


def read(kind: PlanKind, rows: Iterable[Mapping[str, Any]], basis: Basis | None = None) -> Plan:
    """The plan of a catalogue without `faults`."""
    known = [dict(row) for row in rows]
    return Plan(kind=kind, lines=[_line(row) for row in known], rows=known, basis=basis)


def faults(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Everything that keeps a catalogue from being carried out, line by line."""
    codes = [row["code"].partition(".") for row in rows]
    stages = {code for part, _, code in codes if part == Part.STAGE}
    for row, (part, _, code) in zip(rows, codes, strict=True):
        yield from (f"{row['code']}: {fault}" for fault in _faults(row, part, code, stages))
    if not any(part == Part.SCOPE for part, *_ in codes):
        yield "scope"
    if not stages:
        yield "stage"


def proposed(line: Line, year: int, turn: str) -> tuple[date, date]:
    """The days of a stage where the plan begins in a year: what lies before `turn` is next year."""
    assert line.since is not None
    assert line.until is not None
    since = _day(line.since, year + (line.since < turn))
    until = _day(line.until, since.year + (line.until < line.since))
    return since, until


def proposals(plan: Plan, year: int) -> dict[str, tuple[date, date]]:
    """The days of every stage as the document has them, for an audit that begins in a year.

    Raises `YearInvalid`.
    """
    checked_year(year)
    stages = plan.of(Part.STAGE)
    return {line.code: proposed(line, year, stages[0].since or "") for line in stages}


def _day(text: str, year: int) -> date:
    """A day of a year; the last of its month where the year has no such day."""
    month, day = map(int, text.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))


def _faults(row: Mapping[str, Any], part: str, code: str, stages: set[str]) -> Iterator[str]:
    if part not in [*Part]:
        yield "part"
    if not row.get("clause"):
        yield "clause"
    if part == Part.SCOPE and code not in [*Scope]:
        yield "scope"
    if part in LEVELLED and row.get("level") not in [*Level]:
        yield "level"
    if part == Part.STAGE:
        yield from (key for key in ("since", "until") if not _is_day(row.get(key)))
    if row.get("needs") is not None and row["needs"] not in stages:
        yield "needs"
    if not DATA.issuperset(row.get("data", ())):
        yield "data"


def _is_day(text: Any) -> bool:
    try:
        date.fromisoformat(f"2024-{text}")
    except ValueError:
        return False
    return True


def _line(row: Mapping[str, Any]) -> Line:
    part, _, code = row["code"].partition(".")
    return Line(
        part=Part(part),
        code=code,
        zh=row["zh"],
        en=row["en"],
        clause=row["clause"],
        level=Level(row["level"]) if row.get("level") else None,
        since=row.get("since"),
        until=row.get("until"),
        needs=row.get("needs"),
        hands_up=row.get("hands_up", False),
        reviews_plans=row.get("reviews_plans", False),
        data=tuple(row.get("data", ())),
        sensitive=row.get("sensitive", False),
        enabled=row.get("enabled", True),
    )
