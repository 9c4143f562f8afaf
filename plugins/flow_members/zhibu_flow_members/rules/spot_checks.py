"""Yearly spot checks where floating members are many, drawn by a recorded seed (S1-41)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_flow_members.errors import (
    CountInvalid,
    DatesReversed,
    DrawnAlready,
    NobodyToDraw,
    NotDrawn,
    NoteUnsaid,
    NotYet,
    ReasonMissing,
)
from zhibu_flow_members.rules.values import Limit


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A unit right below, with how many floating members there are at and below it."""

    id: UUID
    members: int


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A unit of a spot check, as it is recorded. `path` is that of whoever checks."""

    id: UUID
    unit_id: UUID
    path: str
    drawn: bool
    drawn_on: date
    checked_on: date | None


def ranked(units: Sequence[Unit], *, least: int) -> list[Unit]:
    """Where there are many, the most first; the id settles what is equal."""
    many = [unit for unit in units if unit.members >= max(least, 1)]
    return sorted(many, key=lambda unit: (-unit.members, unit.id))


def drawing_refusals(
    ranking: Sequence[Unit], count: int, *, least: Limit, known: date | None
) -> Iterator[Invalid | Conflict]:
    """Once a year, from units with many."""
    if known is not None:
        yield DrawnAlready(path=("year",), on=known)
    if count < 1:
        yield CountInvalid(path=("count",), count=count)
    if not ranking:
        yield NobodyToDraw(path=("organization",), basis=least.basis, least=least.value)


def finding_refusals(
    unit: Drawn, on: date, result: str, *, reason: str | None, today: date
) -> Iterator[Invalid | Conflict]:
    """What was found is told; told anew, with a reason."""
    if not unit.drawn:
        yield NotDrawn(path=("unit",))
    if not result.strip():
        yield NoteUnsaid(path=("result",))
    if on > today:
        yield NotYet(path=("on",), on=on, today=today)
    if on < unit.drawn_on:
        yield DatesReversed(path=("on",), since=unit.drawn_on, until=on)
    if unit.checked_on is not None and not (reason or "").strip():
        yield ReasonMissing(path=("reason",))
