"""Accommodations: no uniform demand of the elderly and the ill (S0-14, rule 7).

Organization life is suspended for who is abroad and keeps the relationship (S3D-20).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhibu.basis import Basis
from zhibu.errors import Conflict, Invalid
from zhibu_organization_life.errors import (
    AccommodationEnded,
    AccommodationFollows,
    AlreadyAccommodated,
    ApplicationLate,
    ApplicationMissing,
    ArrangementMissing,
    DatesReversed,
    OwnAccommodation,
    ReasonMissing,
)
from zhibu_organization_life.rules.catalogues import Ground


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A flexible arrangement for a member, as somebody wants it recorded."""

    member_id: UUID
    ground: Ground
    arrangement: str
    since: date
    until: date | None = None
    applied_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Written:
    """Whether who goes abroad applies in writing, and who says so."""

    needed: bool
    basis: Basis


@dataclass(frozen=True, kw_only=True)
class Accommodation:
    """A flexible arrangement from `since` until before `until`."""

    id: UUID
    member_id: UUID
    ground: Ground
    since: date
    until: date | None
    retained: bool


def refusals(
    wanted: Wanted,
    known: Sequence[Accommodation],
    *,
    written: Written,
    granter: UUID | None,
    today: date,
) -> Iterator[Invalid | Conflict]:
    """It says what is arranged; nobody grants it to himself; two do not overlap.

    Who goes abroad has applied in writing before.
    """
    if not wanted.arrangement.strip():
        yield ArrangementMissing(path=("arrangement",))
    if wanted.member_id == granter:
        yield OwnAccommodation(path=("member",))
    if wanted.until is not None and wanted.until <= wanted.since:
        yield DatesReversed(path=("until",), since=wanted.since, until=wanted.until)
    applied = wanted.applied_on
    if wanted.ground is Ground.ABROAD and written.needed and applied is None:
        yield ApplicationMissing(path=("applied_on",), basis=written.basis)
    if applied is not None and applied > min(wanted.since, today):
        yield ApplicationLate(path=("applied_on",), on=applied, last=min(wanted.since, today))
    for other in known:
        begins_before = wanted.until is None or other.since < wanted.until
        if begins_before and (other.until is None or wanted.since < other.until):
            yield AlreadyAccommodated(path=("since",), since=other.since)
            return


def ending_refusals(known: Accommodation, until: date, reason: str) -> Iterator[Invalid | Conflict]:
    """It ends on a day after it began, with a reason; one that ended is not ended later, and one
    that follows a retained relationship ends with the stay."""
    if known.retained:
        yield AccommodationFollows(path=("accommodation",))
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if known.until is not None and known.until <= until:
        yield AccommodationEnded(path=("accommodation",), until=known.until)
    elif until < known.since:
        yield DatesReversed(path=("until",), since=known.since, until=until)
