"""What may be planned, held and attended."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from zhibu.basis import Basis
from zhibu.identifiers import new_id
from zhibu_education.rules import sessions as rules
from zhibu_education.rules.amounts import Limit
from zhibu_education.rules.catalogues import Form, Presence, SessionState

TODAY = date(2026, 6, 15)
BASIS = Basis(document="本单位规定", article="学时", value="")
DAY = Limit(value=Decimal(8), basis=BASIS)
LATE = Limit(value=Decimal(30), basis=BASIS)
YESTERDAY, TOMORROW = date(2026, 6, 14), date(2026, 6, 16)
DRAFT = rules.Draft(
    organization_id=new_id(),
    title="党课",
    held_on=TODAY,
    hours=Decimal(2),
    form=Form.PARTY_LECTURE,
    topic="purpose",
)
SESSION = rules.Session(
    id=new_id(),
    organization_id=new_id(),
    path="1.",
    code="A",
    title="党课",
    held_on=TODAY,
    hours=Decimal(2),
    form=Form.PARTY_LECTURE,
    topic="purpose",
    kind=None,
    channel=None,
    place=None,
    teacher_name=None,
    state=SessionState.HELD,
    version=1,
)


def draft(**changes: object) -> list[str]:
    held = bool(changes.pop("held", True))
    found = rules.draft_refusals(
        replace(DRAFT, **changes),  # type: ignore[arg-type]
        held=held,
        today=TODAY,
        day_limit=DAY,
        late_after_days=LATE,
    )
    return [refusal.code.removeprefix("education.") for refusal in found]


def marked(mark: Presence, hours: str | None = None, **session: object) -> list[str]:
    found = rules.mark_refusals(
        replace(SESSION, **session),  # type: ignore[arg-type]
        rules.Mark(
            member_id=new_id(), presence=mark, hours=None if hours is None else Decimal(hours)
        ),
        today=TODAY,
    )
    return [refusal.code.removeprefix("education.") for refusal in found]


def test_a_session_to_come_was_not_held() -> None:
    assert draft(held_on=TOMORROW) == ["session_held_in_future"]
    assert draft(held_on=TOMORROW, held=False) == []


def test_a_session_of_the_past_is_not_announced() -> None:
    assert draft(held_on=YESTERDAY, held=False) == ["session_planned_in_past"]
    assert draft(held_on=TODAY, held=False) == []


def test_a_session_entered_after_thirty_days_says_why() -> None:
    assert draft(held_on=date(2026, 5, 16)) == []
    assert draft(held_on=date(2026, 5, 15)) == ["late_reason_missing"]
    assert draft(held_on=date(2026, 5, 15), late_reason=" ") == ["late_reason_missing"]
    assert draft(held_on=date(2026, 5, 15), late_reason="出差") == []


@pytest.mark.parametrize("hours", ["0", "-2", "NaN"])
def test_a_session_has_hours(hours: str) -> None:
    assert draft(hours=Decimal(hours)) == ["hours_not_positive"]


def test_a_session_is_no_longer_than_a_day() -> None:
    assert draft(hours=Decimal(8)) == []
    assert draft(hours=Decimal("8.5")) == ["day_overfull"]


def test_nobody_was_present_at_a_session_to_come() -> None:
    assert marked(Presence.PRESENT, held_on=TOMORROW) == ["attendance_before_session"]
    assert marked(Presence.ABSENT, held_on=TOMORROW) == ["attendance_before_session"]


def test_a_cancelled_session_has_no_attendance() -> None:
    assert marked(Presence.PRESENT, state=SessionState.CANCELLED) == ["session_settled"]


@pytest.mark.parametrize("hours", ["0", "-1", "NaN"])
def test_a_mark_of_no_hours_is_refused(hours: str) -> None:
    assert marked(Presence.PRESENT, hours) == ["hours_not_positive"]


def test_nobody_gets_more_hours_than_the_session_has() -> None:
    assert marked(Presence.PRESENT, "2") == []
    assert marked(Presence.PRESENT, "2.01") == ["day_overfull"]


def test_whoever_was_away_gets_no_hours() -> None:
    assert marked(Presence.ABSENT, "1") == ["hours_of_absent"]
    assert marked(Presence.ON_LEAVE, "1") == ["hours_of_absent"]


def test_one_enrols_in_what_is_planned_and_still_to_come() -> None:
    planned = replace(SESSION, state=SessionState.PLANNED)

    def enrolled(session: rules.Session, before: Presence | None = None) -> list[str]:
        found = rules.enrolment_refusals(session, before, today=TODAY)
        return [refusal.code.removeprefix("education.") for refusal in found]

    assert enrolled(planned) == []
    assert enrolled(SESSION) == ["session_not_planned"]
    assert enrolled(replace(planned, held_on=YESTERDAY)) == ["session_not_planned"]
    assert enrolled(planned, Presence.ENROLLED) == ["already_marked"]


def test_a_session_is_cancelled_once_with_a_reason() -> None:
    cancelled = replace(SESSION, state=SessionState.CANCELLED)
    found = [r.code for r in rules.cancellation_refusals(cancelled, " ")]
    assert found == ["education.reason_missing", "education.session_settled"]
    assert [*rules.cancellation_refusals(SESSION, "停电")] == []
