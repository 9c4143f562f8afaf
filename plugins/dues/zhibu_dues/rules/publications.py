"""The dues of a year are published once, to those who paid them (rule 66)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from zhibu.errors import Conflict, Invalid
from zhibu_dues.errors import (
    AlreadyPublished,
    PlaceMissing,
    PublicationWithdrawn,
    ReasonMissing,
    YearNotOver,
)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What is published of a year, in fen: at and below the organization, as it stood that day."""

    members: int = 0
    paid_up: int = 0
    owed_fen: int = 0
    collected_fen: int = 0
    handed_fen: int = 0


def publishing_refusals(
    *, year: int, today: date, published: bool, place: str
) -> Iterator[Invalid | Conflict]:
    """A year is published once, after it has ended, somewhere."""
    if not place.strip():
        yield PlaceMissing(path=("place",))
    if year >= today.year:
        yield YearNotOver(path=("year",), year=year)
    if published:
        yield AlreadyPublished(path=("year",), year=year)


def withdrawing_refusals(withdrawn_on: date | None, reason: str) -> Iterator[Invalid | Conflict]:
    """A publication with a mistake is withdrawn with a reason, and made again."""
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if withdrawn_on is not None:
        yield PublicationWithdrawn(path=("publication",), on=withdrawn_on)
