"""When somebody may be reminded: quiet hours, working days, the rhythm, and growing pauses."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from zhibu.due.rules.reminders import PAUSES, Rhythm, Wishes, first_moment, pause, wishes_faults
from zhibu.due.workdays import Workdays
from zhibu.settings import SettingInvalid

ZONE = ZoneInfo("Asia/Shanghai")
ALWAYS = Wishes(rhythm=Rhythm.IMMEDIATE, quiet_from=None, quiet_until=None, workdays_only=False)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def every_day(day: date) -> bool:
    return True


@pytest.mark.parametrize(
    ("begins", "ends", "now", "expected"),
    [
        ("21:00", "08:00", "2026-06-15 20:59", "2026-06-15 20:59"),
        ("21:00", "08:00", "2026-06-15 21:00", "2026-06-16 08:00"),
        ("21:00", "08:00", "2026-06-15 07:59", "2026-06-15 08:00"),
        ("21:00", "08:00", "2026-06-15 08:00", "2026-06-15 08:00"),
        ("12:00", "14:00", "2026-06-15 13:00", "2026-06-15 14:00"),
        ("12:00", "14:00", "2026-06-15 14:00", "2026-06-15 14:00"),
        ("21:00", "08:00", "2026-12-31 23:00", "2027-01-01 08:00"),
        ("09:00", "09:00", "2026-06-15 09:30", "2026-06-15 09:30"),
    ],
)
def test_nothing_is_sent_in_quiet_hours(begins: str, ends: str, now: str, expected: str) -> None:
    wishes = Wishes(
        rhythm=Rhythm.IMMEDIATE,
        quiet_from=time.fromisoformat(begins),
        quiet_until=time.fromisoformat(ends),
        workdays_only=False,
    )
    assert first_moment(wishes, at(now), None, every_day) == at(expected)


def test_nothing_is_sent_on_days_off_and_what_waits_comes_on_the_first_working_morning() -> None:
    """National Day 2026: off from 1 to 7 October, and Saturday the 10th is worked for it."""
    found = [
        first_moment(Wishes(), at(f"2026-{day} 10:00"), None, Workdays())
        for day in ("09-30", "10-01", "10-05", "10-10", "10-11")
    ]
    assert [f"{each:%m-%d %H:%M}" for each in found] == [
        "09-30 10:00",
        "10-08 08:00",
        "10-08 08:00",
        "10-10 10:00",
        "10-12 08:00",
    ]


def test_a_daily_rhythm_comes_once_a_day_and_an_immediate_one_whenever() -> None:
    now, today = at("2026-06-15 10:00"), date(2026, 6, 15)
    daily = Wishes(workdays_only=False)
    assert first_moment(daily, now, today, every_day) == at("2026-06-16 08:00")
    assert first_moment(daily, now, today - timedelta(days=1), every_day) == now
    assert first_moment(ALWAYS, now, today, every_day) == now


def test_a_calendar_without_working_days_keeps_nobody_waiting_for_ever() -> None:
    now = at("2026-06-15 22:00")
    assert first_moment(Wishes(), now, None, lambda day: False) == at("2026-06-16 08:00")


def test_a_year_that_the_calendar_does_not_know_is_worked_from_monday_to_friday(
    caplog: pytest.LogCaptureFixture,
) -> None:
    workday = Workdays()
    days = [date(2036, 10, day) for day in range(1, 8)]
    assert [workday(day) for day in days] == [day.weekday() < 5 for day in days]
    assert len(caplog.records) == 1


def test_a_file_of_one_s_own_outweighs_the_calendar(tmp_path: Path) -> None:
    file = tmp_path / "holidays.yaml"
    file.write_text("holidays: [2036-10-01, 2026-06-15]\nworkdays: [2036-10-04]\n", "utf-8")
    workday = Workdays.load(file)
    days = (date(2036, 10, 1), date(2026, 6, 15), date(2036, 10, 4), date(2026, 6, 16))
    assert [workday(day) for day in days] == [False, False, True, True]


@pytest.mark.parametrize(
    "text", ["holidays: [today]", "- 2036-10-01", "free: [2036-10-01]", "holidays: [", None]
)
def test_a_file_of_days_that_cannot_be_read_stops_the_start(
    tmp_path: Path, text: str | None
) -> None:
    file = tmp_path / "holidays.yaml"
    if text is not None:
        file.write_text(text, "utf-8")
    with pytest.raises(SettingInvalid):
        Workdays.load(file)


def test_pauses_grow_and_end() -> None:
    found = [pause(attempts) for attempts in range(1, len(PAUSES) + 2)]
    assert found[-1] is None
    waits = [each for each in found if each]
    assert waits == sorted(waits)
    assert len(waits) == 7
    assert sum(waits, timedelta()) < timedelta(days=1)


def test_quiet_hours_are_times_of_day_and_have_two_ends() -> None:
    codes = [
        [fault.code for fault in wishes_faults(*given)]
        for given in ((None, None), ("21:00", "08:00"), ("24:00", "8:00"), ("21:00", None))
    ]
    assert codes == [
        [],
        [],
        ["core.time_of_day_invalid", "core.time_of_day_invalid"],
        ["core.quiet_hours_half"],
    ]
