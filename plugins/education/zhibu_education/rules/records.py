"""Plans, teachers, exemptions, certificates and funds: what each of them needs."""

from collections.abc import Iterator
from datetime import date

from zhibu.errors import Conflict, Invalid
from zhibu_education.errors import (
    AlreadyExempt,
    AmountNotPositive,
    BudgetExceeded,
    CertificateIssued,
    ConsentMissing,
    DatesReversed,
    HoursNotReached,
    PlanEmpty,
    PlanExists,
)
from zhibu_education.rules.standing import Hours


def plan_refusals(*, exists: bool, year: int) -> Iterator[Conflict]:
    """One plan per organization and year (S2-29)."""
    if exists:
        yield PlanExists(path=("year",), year=year)


def publication_refusals(*, items: int) -> Iterator[Conflict]:
    """A plan says something before it is published."""
    if not items:
        yield PlanEmpty()


def teacher_refusals(since: date, until: date | None) -> Iterator[Invalid]:
    """A teacher's time on the roster ends after it begins (S2-30)."""
    if until is not None and until <= since:
        yield DatesReversed(path=("until",), since=since, until=until)


def exemption_refusals(*, consent: str, year: int, exempt: bool) -> Iterator[Invalid | Conflict]:
    """The elderly and the ill are exempt with consent, not by a machine (EM-23, A-09)."""
    if not consent.strip():
        yield ConsentMissing(path=("consent",))
    if exempt:
        yield AlreadyExempt(path=("year",), year=year)


def certificate_refusals(hours: Hours, *, issued: int | None) -> Iterator[Conflict]:
    """A certificate says that the hours were reached, once a year."""
    if hours.verified < hours.required:
        yield HoursNotReached(required=hours.required, verified=hours.verified)
    if issued is not None:
        yield CertificateIssued(serial=issued)


def expense_refusals(
    *, kind: str, fen: int, budget: int, spent: int
) -> Iterator[Invalid | Conflict]:
    """Funds are earmarked and spent on training alone, never beyond what was earmarked (S2-31)."""
    if fen <= 0:
        yield AmountNotPositive(path=("fen",))
    elif kind == "spend" and spent + fen > budget:
        yield BudgetExceeded(path=("fen",), budget=budget, spent=spent, amount=fen)
