"""Letters of transfer: a serial per committee and year without a gap, and the days they hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from zhibu.basis import Basis
from zhibu.calendar import add_months
from zhibu.errors import Conflict, Invalid
from zhibu_transfers import errors


class Route(StrEnum):
    """How far a letter goes; it says how long the letter holds."""

    CITY = "city"
    PROVINCE = "province"
    NATION = "nation"


class LetterState(StrEnum):
    """A void letter keeps its serial: no number is given twice, and none is missing."""

    VALID = "valid"
    USED = "used"
    VOID = "void"


class Fault(StrEnum):
    """Who is answerable that a letter did not arrive (S3D-19)."""

    MEMBER = "member"
    SENDER = "sender"
    RECEIVER = "receiver"
    NOBODY = "nobody"


class Listed(StrEnum):
    """Which letters a list is about: those not used yet, and those of them that expired."""

    UNUSED = "unused"
    EXPIRED = "expired"


class VoidCause(StrEnum):
    """Why a letter is void."""

    LOST = "lost"
    EXPIRED = "expired"
    RETURNED = "returned"
    MISWRITTEN = "miswritten"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A letter as it is kept."""

    id: UUID
    case_id: UUID
    state: LetterState
    number: str
    issued_on: date
    valid_until: date


@dataclass(frozen=True, kw_only=True)
class Replacing:
    """Why a letter is replaced: what became of the old one, by whose fault, in words."""

    cause: VoidCause
    fault: Fault
    reason: str


@dataclass(frozen=True, kw_only=True)
class Validity:
    """How many days a letter of a route holds, and how many at most; null: as many as one says."""

    days: int | None
    most: int | None
    basis: Basis | None


@dataclass(frozen=True, kw_only=True)
class Paid:
    """The month up to which dues are paid, as the letter says and as is `known`; why otherwise."""

    to: date | None
    known: date | None
    reason: str | None

    @property
    def differs(self) -> bool:
        """Whether the letter names another month than the dues that were recorded."""
        if self.to is None or self.known is None:
            return False
        return (self.to.year, self.to.month) != (self.known.year, self.known.month)


def valid_until(issued_on: date, days: int) -> date:
    """The last day on which the letter may be handed in: the day of issue is the first."""
    return issued_on + timedelta(days=days - 1)


def issuing_refusals(
    *,
    days: int | None,
    validity: Validity,
    valid: Letter | None,
    replacing: Replacing | None,
    paid: Paid,
    paid_within: int,
    today: date,
) -> Iterator[Invalid | Conflict]:
    """What speaks against a letter: one is in force, or it says other than rule and dues do."""
    if days is None:
        yield errors.DaysMissing(path=("days",), basis=validity.basis)
    elif days < 1 or (validity.most is not None and days > validity.most):
        yield errors.DaysOutOfRange(path=("days",), basis=validity.basis, most=validity.most)
    if valid is not None and replacing is None:
        yield errors.LetterInForce(path=("case",), until=valid.valid_until)
    if replacing is not None:
        if valid is None:
            yield errors.NothingToReplace(path=("cause",))
        elif replacing.cause is VoidCause.EXPIRED and valid.valid_until >= today:
            yield errors.NotExpired(path=("cause",), until=valid.valid_until)
        if replacing.cause is VoidCause.WITHDRAWN:
            yield errors.WithdrawnIsNoCause(path=("cause",))
        if not replacing.reason.strip():
            yield errors.ReasonMissing(path=("explanation",))
    if paid.to is None:
        yield errors.PaidToMissing(path=("paid_to",))
    elif not add_months(today, -paid_within) <= paid.to <= add_months(today, paid_within):
        yield errors.PaidToUnlikely(path=("paid_to",), on=paid.to, months=paid_within)
    elif paid.differs and not (paid.reason or "").strip():
        yield errors.PaidToDiffers(path=("paid_to_reason",), known=f"{paid.known:%Y-%m}")


def using_refusals(
    letter: Letter | None,
    day: date,
    *,
    needed: bool,
    handed_in: date | None,
    today: date,
    late: int,
) -> Iterator[Conflict | Invalid]:
    """Where a letter is needed one is in force; an expired one is replaced first (S3C-17).

    `handed_in`: the last day of the letter that came from elsewhere. An acceptance may be entered
    `late` days after it; what is entered later than that counts as of today.
    """
    used = day if (today - day).days <= late else today
    if letter is None and needed:
        yield errors.LetterNotIssued(path=("case",))
    for until in (letter.valid_until if letter else None, handed_in):
        if until is not None and until < used:
            yield errors.LetterExpired(path=("case",), on=until)
    if letter is not None and day < letter.issued_on:
        yield errors.ReceiptTooEarly(path=("on",), on=day, earliest=letter.issued_on)
    if day > today:
        yield errors.ReceiptInFuture(path=("on",), on=day, today=today)
