"""Exemptions: the old, the long ill and the immobile, when they were asked (S4-14)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.calendar import YearInvalid
from zhibu.errors import Conflict, Invalid
from zhibu_scoring.errors import (
    AlreadyExempt,
    ConsentInFuture,
    ConsentMissing,
    ExemptionEnded,
    OwnExemption,
    ReasonMissing,
    YearsReversed,
)
from zhibu_scoring.errors.years import YearClosed


class Ground(StrEnum):
    """Why a member is left out."""

    OLD = "old"
    LONG_ILL = "long_ill"
    IMMOBILE = "immobile"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """An exemption, as somebody wants it recorded; both years are within."""

    member_id: UUID
    ground: Ground
    first_year: int
    last_year: int | None
    consent: str
    consented_on: date


@dataclass(frozen=True, kw_only=True)
class Exemption:
    """A member is left out from the first year to the last; a slip ends before it began."""

    id: UUID
    member_id: UUID
    first_year: int
    last_year: int | None

    def holds_in(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


def refusals(
    wanted: Wanted,
    known: Sequence[Exemption],
    *,
    by: UUID | None,
    closed: Collection[int],
    today: date,
) -> Iterator[Invalid | Conflict]:
    """The member was asked; somebody else grants it; two do not overlap; no year is decided."""
    if not wanted.consent.strip():
        yield ConsentMissing(path=("consent",))
    if wanted.consented_on > today:
        yield ConsentInFuture(path=("consented_on",), on=wanted.consented_on, today=today)
    if by == wanted.member_id:
        yield OwnExemption(path=("member",))
    if not today.year - 1 <= wanted.first_year <= today.year + 1:
        first, last_begin = today.year - 1, today.year + 1
        yield YearInvalid(
            path=("first_year",), year=wanted.first_year, first=first, last=last_begin
        )
    last = wanted.last_year
    if last is not None and last < wanted.first_year:
        yield YearsReversed(path=("last_year",))
    for year in sorted(closed):
        if wanted.first_year <= year and (last is None or year <= last):
            yield YearClosed(path=("first_year",), year=year)
    for other in known:
        begun = last is None or other.first_year <= last
        goes_on = other.last_year is None or other.last_year >= wanted.first_year
        empty = other.last_year is not None and other.last_year < other.first_year
        if begun and goes_on and not empty:
            yield AlreadyExempt(path=("first_year",), year=other.first_year)
            return


def ending_refusals(
    known: Exemption, last_year: int, reason: str, *, closed: Collection[int]
) -> Iterator[Invalid | Conflict]:
    """It ends with a year, with a reason; the year before its first takes a slip back."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if known.last_year is not None and known.last_year <= last_year:
        yield ExemptionEnded(path=("exemption",), year=known.last_year)
    elif last_year < known.first_year - 1:
        yield YearsReversed(path=("last_year",))
    for year in sorted(closed):
        if year > last_year and known.holds_in(year):
            yield YearClosed(path=("last_year",), year=year)
