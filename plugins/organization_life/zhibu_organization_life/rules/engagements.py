"""What members take on: what may be recorded, put right, fulfilled and voided."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from zhibu.errors import Conflict, Invalid
from zhibu_organization_life.errors import (
    ChangedMeanwhile,
    DatesReversed,
    EngagementUntitled,
    EngagementVoid,
    LateReasonMissing,
    LetterOfYear,
    LetterUnfulfilled,
    NoMemberThen,
    NothingChanged,
    NotYetDone,
    OwnRecord,
    ReasonMissing,
    ResultMissing,
    ServiceHoursInvalid,
)
from zhibu_organization_life.rules.meetings import Limit


class Engaged(StrEnum):
    """What a member takes on (S0-11 to S0-13, S2-07, S2-16, S2-22, S2-23, S2-25), or what he is."""

    PLEDGE = "pledge"
    DEMONSTRATION_POST = "demonstration_post"
    RESPONSIBILITY_AREA = "responsibility_area"
    ASSIGNED_DUTY = "assigned_duty"
    VOLUNTEER = "volunteer"
    LINK_MASSES = "link_masses"
    LINK_STUDENT = "link_student"
    LINK_BRANCH = "link_branch"
    LINK_CLASS = "link_class"
    LETTER = "letter"
    CARE = "care"
    EXEMPLAR = "exemplar"
    MEMBER_CLASS = "member_class"
    RETIRED_ROLE = "retired_role"


# What somebody else answers for: nobody counts his own hours or signs for the branch.
BY_OTHERS = frozenset(
    {
        Engaged.VOLUNTEER,
        Engaged.LETTER,
        Engaged.CARE,
        Engaged.EXEMPLAR,
        Engaged.MEMBER_CLASS,
        Engaged.RETIRED_ROLE,
    }
)
# What has happened by the time it is recorded.
HAPPENED = BY_OTHERS


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What of it may be put right."""

    title: str
    since: date
    details: str | None = None
    until: date | None = None
    hours: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Engagement:
    """Something that a member took on, as it is recorded."""

    id: UUID
    member_id: UUID
    kind: Engaged
    terms: Terms
    fulfilled_on: date | None
    result: str | None
    voided_on: date | None
    version: int


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """What holds at the member's branch on the day."""

    late_after: Limit
    hours_limit: Limit
    by_letter: Limit


def once_of(kind: Engaged, terms: Terms) -> str | None:
    """What a member has only one of: the letter of a year (S2-25), the class he is in, a role."""
    if kind is Engaged.LETTER:
        return f"{kind}:{terms.since.year}"
    if terms.until is not None:
        return None
    if kind is Engaged.RETIRED_ROLE:
        return f"{kind}:{terms.title.strip()}"
    return kind.value if kind is Engaged.MEMBER_CLASS else None


def recording_refusals(
    kind: Engaged,
    terms: Terms,
    *,
    member_id: UUID,
    recorder: UUID | None,
    member_then: bool,
    letter: bool,
    kept_letter: bool,
    late_reason: str | None,
    today: date,
    bounds: Bounds,
) -> Iterator[Invalid | Conflict]:
    """Everything that speaks against it; `letter` says whether there is one of that year.

    `kept_letter` says whether one of that year or the year before was fulfilled (S2-26).
    """
    if kind in BY_OTHERS and member_id == recorder:
        yield OwnRecord(path=("member",))
    yield from terms_refusals(kind, terms, member_then=member_then, today=today, bounds=bounds)
    if letter and kind is Engaged.LETTER:
        yield LetterOfYear(path=("since",), year=terms.since.year)
    if kind is Engaged.EXEMPLAR and bounds.by_letter.value and not kept_letter:
        basis = bounds.by_letter.basis
        yield LetterUnfulfilled(path=("member",), basis=basis, year=terms.since.year)
    late = kind is Engaged.VOLUNTEER and (today - terms.since).days > bounds.late_after.value
    if late and not (late_reason or "").strip():
        days, basis = bounds.late_after.value, bounds.late_after.basis
        yield LateReasonMissing(path=("late_reason",), basis=basis, on=terms.since, days=days)


def terms_refusals(
    kind: Engaged, terms: Terms, *, member_then: bool, today: date, bounds: Bounds
) -> Iterator[Invalid | Conflict]:
    """It has a name, a member of that day, days in order, and hours where it is service."""
    if not terms.title.strip():
        yield EngagementUntitled(path=("title",))
    if not member_then:
        yield NoMemberThen(path=("since",), on=terms.since)
    if terms.until is not None and terms.until <= terms.since:
        yield DatesReversed(path=("until",), since=terms.since, until=terms.until)
    if kind in HAPPENED and terms.since > today:
        yield NotYetDone(path=("since",), on=terms.since, today=today)
    limit = bounds.hours_limit
    if not _sound(kind, terms.hours, limit.value):
        yield ServiceHoursInvalid(path=("hours",), basis=limit.basis, limit=limit.value)


def change_refusals(
    known: Engagement,
    terms: Terms,
    *,
    changer: UUID | None,
    version: int | None,
    reason: str,
    letter: bool,
    member_then: bool,
    today: date,
    bounds: Bounds,
) -> Iterator[Invalid | Conflict]:
    """It is put right with a reason; hours and letters not by the member."""
    if version is not None and version != known.version:
        yield ChangedMeanwhile(path=("version",), version=known.version)
    yield from _standing(known)
    if known.kind in BY_OTHERS and known.member_id == changer:
        yield OwnRecord(path=("engagement",))
    if not reason.strip():
        yield ReasonMissing(path=("reason",))
    if terms == known.terms:
        yield NothingChanged(path=("engagement",))
    yield from terms_refusals(
        known.kind, terms, member_then=member_then, today=today, bounds=bounds
    )
    again = once_of(known.kind, terms) != once_of(known.kind, known.terms)
    if letter and known.kind is Engaged.LETTER and again:
        yield LetterOfYear(path=("since",), year=terms.since.year)


def fulfilling_refusals(
    known: Engagement,
    on: date,
    result: str,
    *,
    teller: UUID | None,
    reason: str | None,
    today: date,
) -> Iterator[Invalid | Conflict]:
    """Somebody else says what came of it; said again, it says why."""
    yield from _standing(known)
    if known.member_id == teller:
        yield OwnRecord(path=("engagement",))
    if not result.strip():
        yield ResultMissing(path=("result",))
    if on > today:
        yield NotYetDone(path=("on",), on=on, today=today)
    if on < known.terms.since:
        yield DatesReversed(path=("on",), since=known.terms.since, until=on)
    if known.fulfilled_on is not None and not (reason or "").strip():
        yield ReasonMissing(path=("reason",))


def voiding_refusals(
    known: Engagement, reason: str, *, voider: UUID | None
) -> Iterator[Invalid | Conflict]:
    """What was recorded by mistake is voided with a reason; what others answer for, by others."""
    yield from _standing(known)
    by_others = known.kind in BY_OTHERS or known.fulfilled_on is not None
    if by_others and known.member_id == voider:
        yield OwnRecord(path=("engagement",))
    if not reason.strip():
        yield ReasonMissing(path=("reason",))


def _standing(known: Engagement) -> Iterator[Conflict]:
    if known.voided_on is not None:
        yield EngagementVoid(path=("engagement",), on=known.voided_on)


def _sound(kind: Engaged, hours: Decimal | None, most: int) -> bool:
    if kind is not Engaged.VOLUNTEER:
        return hours is None
    if hours is None or not hours.is_finite():
        return False
    return 0 < hours <= most and hours == hours.quantize(Decimal("0.01"))
