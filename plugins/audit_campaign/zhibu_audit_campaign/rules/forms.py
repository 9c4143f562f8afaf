"""Forms of audits: what is in them, who sees them, and that a summary is the sum of its parts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from zhibu.errors import Invalid
from zhibu.identifiers import ancestors
from zhibu_audit_campaign import errors
from zhibu_audit_campaign.rules.plans import Level, Line

TOTAL = "合计"
RANKS = (Level.BRANCH, Level.COMMITTEE, Level.DISTRICT, Level.MUNICIPALITY)


class Source(StrEnum):
    """From which records a form is made."""

    SHEETS = "sheets"
    SEARCHES = "searches"
    STEPS = "steps"
    UNITS = "units"
    GROUPS = "groups"


@dataclass(frozen=True, kw_only=True)
class Unit:
    """An organization in an audit: where it is, what it is called, and of which level."""

    path: str
    name: str
    level: Level


def stays_below(line: Line) -> bool:
    """Whether the form is for nobody above the committee (S3A-36)."""
    return RANKS.index(line.level or Level.COMMITTEE) <= RANKS.index(Level.COMMITTEE)


def form_refusals(line: Line, level: Level, purpose: str) -> Iterator[Invalid]:
    """A form goes up to the level that its plan says, and out for a purpose."""
    upto = line.level or Level.COMMITTEE
    if RANKS.index(level) > RANKS.index(upto):
        yield errors.FormStays(path=("audited",), level=upto)
    if not purpose.strip():
        yield errors.PurposeMissing(path=("purpose",))


def grouped(
    rows: Sequence[Mapping[str, Any]], units: Sequence[Unit], level: Level
) -> list[Mapping[str, Any]]:
    """Numbers of branches as this level sees them: a committee each branch, who is above each
    committee as the sum of its branches. Each row has a `path` and an `organization`.
    """
    if RANKS.index(level) <= RANKS.index(Level.COMMITTEE):
        return [*rows]
    committees = {unit.path: unit for unit in units if unit.level is Level.COMMITTEE}
    found: dict[str, list[Mapping[str, Any]]] = {}
    names: dict[str, str] = {}
    for row in rows:
        above = ancestors(row["path"])
        nearest = next((committees[each] for each in above if each in committees), None)
        path = nearest.path if nearest else row["path"]
        names[path] = nearest.name if nearest else row["organization"]
        found.setdefault(path, []).append(row)
    return [summed(parts, names[path]) for path, parts in found.items()]


def summed(rows: Sequence[Mapping[str, Any]], name: str = TOTAL) -> Mapping[str, Any]:
    """The sum of rows: numbers are added, words that differ listed; of days the first is kept."""
    keys = dict.fromkeys(key for row in rows for key in row if key not in ("path", "organization"))
    return {"organization": name, **{key: _sum([row.get(key) for row in rows]) for key in keys}}


def _sum(values: Sequence[Any]) -> Any:
    known = [value for value in values if value is not None]
    if not known:
        return None
    if all(isinstance(value, int) for value in known):
        return sum(known)
    if all(isinstance(value, date) for value in known):
        return min(known)
    return "；".join(dict.fromkeys(known))
