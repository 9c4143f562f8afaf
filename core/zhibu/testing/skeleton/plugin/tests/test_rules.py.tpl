"""What may be recorded, decided without a database."""

from datetime import date
from typing import Any
from uuid import UUID

from zhibu.basis import Basis
from zhibu_sample.errors import (
    AlreadyRecorded,
    LateReasonMissing,
    NotYetHappened,
    TitleMissing,
)
from zhibu_sample.rules import Entry, Limit, refusals

TODAY = date(2026, 6, 15)
LIMIT = Limit(days=30, basis=Basis(document="支部工作记录惯例", article="补录", value="30 天"))


def refused(*, known: bool = False, **changes: Any) -> list[type]:
    given = {"happened_on": date(2026, 6, 1), "title": "一件事", **changes}
    entry = Entry(member_id=UUID(int=1), **given)
    return [type(error) for error in refusals(entry, today=TODAY, limit=LIMIT, known=known)]


def test_nothing_speaks_against_what_happened_this_month() -> None:
    assert refused() == []


def test_a_record_needs_a_title() -> None:
    assert refused(title="  ") == [TitleMissing]


def test_what_lies_ahead_is_not_recorded() -> None:
    assert refused(happened_on=date(2026, 6, 16)) == [NotYetHappened]
    assert refused(happened_on=TODAY) == []


def test_after_thirty_days_the_reason_is_asked() -> None:
    assert refused(happened_on=date(2026, 5, 16)) == []
    assert refused(happened_on=date(2026, 5, 15)) == [LateReasonMissing]
    assert refused(happened_on=date(2026, 5, 15), late_reason="证书迟到") == []


def test_a_late_entry_is_told_by_which_rule() -> None:
    entry = Entry(member_id=UUID(int=1), happened_on=date(2026, 1, 1), title="一件事")
    [error] = refusals(entry, today=TODAY, limit=LIMIT, known=False)
    assert error.basis == LIMIT.basis


def test_everything_wrong_is_said_at_once() -> None:
    assert refused(title="", happened_on=date(2027, 1, 1), known=True) == [
        TitleMissing,
        NotYetHappened,
        AlreadyRecorded,
    ]
