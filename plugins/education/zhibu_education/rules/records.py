"""Plans, teachers, exemptions and certificates: what each of them needs."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from zhibu.calendar import year_refusals
from zhibu.errors import Conflict, Invalid
from zhibu_education.errors import (
    AlreadyExempt,
    CertificateIssued,
    CertificateVoid,
    ConsentMissing,
    ContentWithdrawn,
    DatesReversed,
    ExemptionEnded,
    HoursNotReached,
    MonthInvalid,
    OwnExemption,
    PlanEmpty,
    PlanExists,
    PlanItemUsed,
    PlanPublished,
    ReasonMissing,
    TitleMissing,
    WordUnknown,
)
from zhibu_education.rules.amounts import hours_refusals
from zhibu_education.rules.standing import Hours


def plan_refusals(*, exists: bool, year: int, title: str) -> Iterator[Invalid | Conflict]:
    """One plan per organization and year, with a title (S2-29)."""
    yield from year_refusals(year)
    if not title.strip():
        yield TitleMissing(path=("title",))
    if exists:
        yield PlanExists(path=("year",), year=year)


def item_refusals(*, month: int, title: str, hours: Decimal) -> Iterator[Invalid]:
    """An intended session falls into a month and has a title and hours."""
    if not 1 <= month <= 12:
        yield MonthInvalid(path=("month",), month=month)
    if not title.strip():
        yield TitleMissing(path=("title",))
    yield from hours_refusals(hours)


def removal_refusals(*, published_on: date | None, used: bool) -> Iterator[Conflict]:
    """What was promised or used already stays in the plan."""
    if published_on is not None:
        yield PlanPublished(path=("item",), on=published_on)
    if used:
        yield PlanItemUsed(path=("item",))


def publication_refusals(*, items: int, published_on: date | None) -> Iterator[Conflict]:
    """A plan says something before it is published, and is published once."""
    if not items:
        yield PlanEmpty(path=("plan",))
    if published_on is not None:
        yield PlanPublished(path=("plan",), on=published_on)


def sight_refusals(*, withdrawn_on: date | None) -> Iterator[Conflict]:
    """What was withdrawn from sight is not published, nor continued (S0-38)."""
    if withdrawn_on is not None:
        yield ContentWithdrawn(path=("plan",), on=withdrawn_on)


def teacher_refusals(since: date, until: date | None) -> Iterator[Invalid]:
    """A teacher's time on the roster ends after it begins (S2-30)."""
    if until is not None and until <= since:
        yield DatesReversed(path=("until",), since=since, until=until)


def exemption_refusals(
    *, ground: str, allowed: tuple[str, ...], consent: str, year: int, exempt: bool, own: bool
) -> Iterator[Invalid | Conflict]:
    """The elderly and the ill are exempt, with consent and by a person (EM-23, A-09)."""
    yield from year_refusals(year)
    if ground not in allowed:
        yield WordUnknown(path=("ground",), word=ground, allowed=allowed)
    if not consent.strip():
        yield ConsentMissing(path=("consent",))
    if exempt:
        yield AlreadyExempt(path=("year",), year=year)
    if own:
        yield OwnExemption(path=("member",))


def exemption_end_refusals(*, reason: str, ended_on: date | None) -> Iterator[Invalid | Conflict]:
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if ended_on is not None:
        yield ExemptionEnded(path=("exemption",), on=ended_on)


def certificate_refusals(hours: Hours, *, issued: int | None) -> Iterator[Conflict]:
    """A certificate says that hours were studied and the requirement reached, once a year.

    Whoever is exempt gets one for hours studied all the same, never for none.
    """
    if hours.verified < hours.required or hours.verified == 0:
        yield HoursNotReached(path=("member",), required=hours.required, verified=hours.verified)
    if issued is not None:
        yield CertificateIssued(path=("member",), serial=issued)


def certificate_void_refusals(
    *, reason: str, voided_on: date | None
) -> Iterator[Invalid | Conflict]:
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if voided_on is not None:
        yield CertificateVoid(path=("certificate",))
