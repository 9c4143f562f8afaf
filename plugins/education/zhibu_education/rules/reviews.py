"""When a returned claim may be looked at again, by whom, and until when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from zhibu.basis import Basis
from zhibu.errors import Conflict, Invalid
from zhibu_education.errors.reviews import (
    NothingReturned,
    OwnReturn,
    ReviewNotYours,
    ReviewTooLate,
)
from zhibu_education.rules.amounts import Limit
from zhibu_education.rules.catalogues import CreditState
from zhibu_education.rules.credits import Credit, overfull


@dataclass(frozen=True, kw_only=True)
class Window:
    """How many days after the return a review may be asked for, and who says so."""

    days: int
    basis: Basis


def asking_refusals(
    credit: Credit, *, member_id: UUID | None, returned_on: date, today: date, window: Window
) -> Iterator[Conflict]:
    """A member asks about hours of his own, in time."""
    if member_id is None or member_id != credit.member_id:
        yield ReviewNotYours(path=("credit",))
    yield from state_refusals(credit)
    until = returned_on + timedelta(days=window.days)
    if credit.state is CreditState.RETURNED and today > until:
        yield ReviewTooLate(path=("credit",), basis=window.basis, until=until)


def state_refusals(credit: Credit) -> Iterator[Conflict]:
    if credit.state is not CreditState.RETURNED:
        yield NothingReturned(path=("credit",), state=credit.state)


def deciding_refusals(
    credit: Credit,
    *,
    returned_by: UUID | None,
    account_id: UUID | None,
    same_day: Decimal,
    day_limit: Limit,
) -> Iterator[Invalid | Conflict]:
    """The hours count only if nothing has changed that speaks against them now."""
    yield from state_refusals(credit)
    if account_id is not None and account_id == returned_by:
        yield OwnReturn(path=("step",))
    yield from overfull(
        credit.earned_on, credit.hours, same_day=same_day, day_limit=day_limit, path=("step",)
    )
