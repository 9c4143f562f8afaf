"""By which paper somebody goes: letter, certificate or card (S1-08 to S1-10, S3A-27, S3D-18)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhibu.basis import Basis
from zhibu.calendar import add_months


class Paper(StrEnum):
    """What a member takes along; the clause that gives it stands in `papers_of`."""

    LETTER = "letter"
    CERTIFICATE = "certificate"
    CARD = "card"


class Certainty(StrEnum):
    """How sure place and time are."""

    FIXED = "fixed"
    UNCERTAIN = "uncertain"
    MOVING = "moving"


@dataclass(frozen=True, kw_only=True)
class Long:
    """From how many months on a stay is long; whether exactly so many are is A-05."""

    months: int
    inclusive: bool
    basis: Basis


def is_long(since: date, until: date, long: Long) -> bool:
    """Whether somebody stays for so many months, counted by the calendar."""
    edge = add_months(since, long.months)
    return until >= edge if long.inclusive else until > edge


def papers_of(
    certainty: Certainty, since: date, until: date | None, *, untransferable: bool, long: Long
) -> tuple[Paper, ...]:
    """The papers that the rules give, the one they name first.

    Place or time uncertain: the card (S1-10). Who moves often stays with the home organization
    (S1-07, S3D-18), and gets the card too. Long at a fixed place: the letter (S1-08), but the card
    where the relationship cannot be transferred (S3A-27). Short: the certificate (S1-09), or the
    card (S3A-27).
    """
    if certainty is not Certainty.FIXED or until is None:
        return (Paper.CARD,)
    if not is_long(since, until, long):
        return Paper.CERTIFICATE, Paper.CARD
    return (Paper.CARD,) if untransferable else (Paper.LETTER,)


def takes_wish(certainty: Certainty, since: date, until: date | None, *, long: Long) -> bool:
    """Whether somebody is away for long and moves often, so that his own wish counts (S3D-18)."""
    lasting = until is None or is_long(since, until, long)
    return certainty is Certainty.MOVING and lasting
