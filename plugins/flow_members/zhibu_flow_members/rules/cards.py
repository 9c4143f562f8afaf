"""Activity cards: stamped above, issued by the branch, reviewed yearly, ended (S1-11, S1-13)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_flow_members.errors import (
    CardExists,
    CardIssued,
    CardNotIssued,
    CardOver,
    CardsNone,
    CardsTooMany,
    CardWithStay,
    CardWrong,
    DatesReversed,
    NotYet,
    OwnCard,
    ReasonMissing,
    ReviewElsewhere,
    SameHands,
    TakesNoCard,
)
from zhibu_flow_members.rules.cases import standing
from zhibu_flow_members.rules.papers import Paper
from zhibu_flow_members.rules.values import Case


class CardEnding(StrEnum):
    """How a card ends: given back, lost or worn and replaced, made by mistake, or with the stay."""

    RETURNED = "returned"
    REPLACED = "replaced"
    VOID = "void"
    CLOSED = "closed"


class ReviewResult(StrEnum):
    """What a yearly review of a card came to."""

    PASSED = "passed"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Card:
    """A card, as it is recorded. `path` is that of the member's branch.

    `peered` says that another institution was told of the stay; `photo` is the digest of the
    photograph.
    """

    id: UUID
    case_id: UUID
    member_id: UUID
    path: str
    serial: int
    stamped_on: date
    stamped_by: UUID | None
    issued_on: date | None
    ended_on: date | None
    photo_id: UUID | None = None
    photo: str | None = None
    peered: bool = False


@dataclass(frozen=True, kw_only=True)
class Review:
    """What the review of a year came to."""

    year: int
    result: str
    on: date
    note: str | None


@dataclass(frozen=True, kw_only=True)
class Printed:
    """What a card says of itself. `path` and `branch` are those of the member's branch today.

    `photo` is the digest of the photograph.
    """

    id: UUID
    member_id: UUID
    path: str
    serial: int
    stamped_on: date
    issued_on: date | None
    ended_on: date | None
    name: str
    admitted_on: date | None
    branch: str
    place: str
    since: date
    until: date | None
    photo: str | None


def printing_refusals(count: int, *, most: int) -> Iterator[Invalid | Conflict]:
    """Cards are printed together up to a number; more are printed by the organizations below."""
    if not count:
        yield CardsNone(path=("organization",))
    if count > most:
        yield CardsTooMany(path=("organization",), count=count, most=most)


def stamping_refusals(
    case: Case, *, living: int | None, stamper: UUID | None
) -> Iterator[Invalid | Conflict]:
    """The organ's committee stamps a card for who goes with one; `living` is one that holds."""
    yield from standing(case)
    if case.terms.paper is not Paper.CARD:
        yield TakesNoCard(path=("case",), paper=case.terms.paper)
    if living is not None:
        yield CardExists(path=("case",), serial=f"{living:06d}")
    if case.member_id == stamper:
        yield OwnCard(path=("case",))


def issuing_refusals(
    card: Card, on: date, *, issuer: UUID | None, issuer_member: UUID | None, today: date
) -> Iterator[Invalid | Conflict]:
    """Somebody else than who stamped it registers and issues it (S1-11)."""
    yield from holding(card)
    if card.issued_on is not None:
        yield CardIssued(path=("card",), on=card.issued_on)
    if card.stamped_by is not None and card.stamped_by == issuer:
        yield SameHands(path=("card",))
    if card.member_id == issuer_member:
        yield OwnCard(path=("card",))
    yield from _on_day(on, card.stamped_on, today)


def reviewing_refusals(
    card: Card,
    year: int,
    result: ReviewResult,
    note: str | None,
    *,
    again: bool,
    reason: str | None,
    reviewer_member: UUID | None,
    today: date,
) -> Iterator[Invalid | Conflict]:
    """The branch reviews a card once a year; what is found wanting is said (S1-13)."""
    yield from holding(card)
    if card.member_id == reviewer_member:
        yield OwnCard(path=("card",))
    if card.issued_on is None:
        yield CardNotIssued(path=("card",))
    elif not card.issued_on.year <= year <= today.year:
        first, last = card.issued_on.year, today.year
        yield ReviewElsewhere(path=("year",), year=year, first=first, last=last)
    if result is ReviewResult.FAILED and not (note or "").strip():
        yield ReasonMissing(path=("note",))
    if again and not (reason or "").strip():
        yield ReasonMissing(path=("reason",))


def ending_refusals(
    card: Card,
    on: date,
    ending: CardEnding,
    reason: str,
    *,
    ender_member: UUID | None,
    today: date,
) -> Iterator[Invalid | Conflict]:
    """A card is given back, replaced or voided, with a reason; a new one is stamped anew."""
    yield from holding(card)
    if ending is CardEnding.CLOSED:
        yield CardWithStay(path=("ending",))
    if card.member_id == ender_member:
        yield OwnCard(path=("card",))
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    yield from _on_day(on, card.stamped_on, today)


def showing_refusals(
    case: Case, card: Card | None, serial: int | None
) -> Iterator[Invalid | Conflict]:
    """Whoever comes with a card shows it: its number is that of the card that was issued."""
    if case.terms.paper is not Paper.CARD:
        return
    issued = card is not None and card.issued_on is not None and card.ended_on is None
    if card is None or not issued or serial != card.serial:
        yield CardWrong(path=("serial",))


class Standing(StrEnum):
    """What anybody may know of a card that was handed out."""

    VALID = "valid"
    UNREVIEWED = "unreviewed"
    VOID = "void"


def standing_of(card: Card, *, away: bool, passed: Collection[int], today: date) -> Standing:
    """A card holds while he is away by it, once it passed the review of each year (S1-13).

    The year in which it was issued needs none.
    """
    if card.ended_on is not None or not away:
        return Standing.VOID
    this_year = card.issued_on is not None and card.issued_on.year == today.year
    return Standing.VALID if this_year or today.year in passed else Standing.UNREVIEWED


def masked(name: str) -> str:
    """A name by its first character: enough to compare with who shows the paper."""
    return name[:1] + "＊" * max(1, len(name) - 1)


def holding(card: Card) -> Iterator[Conflict]:
    """A card that is over is not changed any more."""
    if card.ended_on is not None:
        yield CardOver(path=("card",), on=card.ended_on)


def _on_day(on: date, first: date, today: date) -> Iterator[Invalid]:
    if on > today:
        yield NotYet(path=("on",), on=on, today=today)
    if on < first:
        yield DatesReversed(path=("on",), since=first, until=on)
