"""When and how often somebody is reminded beside the inbox, and how often it is tried."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from zhibu.due.errors import QuietHoursHalf, TimeOfDayInvalid
from zhibu.errors import Invalid

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_MOST_DAYS = 60  # a calendar without a single working day is wrong, and stops nobody's mail

# Pauses after each attempt that failed; after the last one it is given up.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=6),
    timedelta(hours=12),
)


class Rhythm(StrEnum):
    """Once a day for all that is new, or as soon as something is."""

    DAILY = "daily"
    IMMEDIATE = "immediate"


class ChannelKind(StrEnum):
    """By what one is reminded: e-mail, or a group robot of WeCom or DingTalk."""

    EMAIL = "email"
    WECOM = "wecom"
    DINGTALK = "dingtalk"


class ReminderState(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """How an account wants to be reminded; between the quiet hours nothing is sent."""

    rhythm: Rhythm = Rhythm.DAILY
    quiet_from: time | None = time(21)
    quiet_until: time | None = time(8)
    workdays_only: bool = True


def wishes_of(
    rhythm: Rhythm, quiet_from: str | None, quiet_until: str | None, *, workdays_only: bool
) -> Wishes:
    """The wishes as somebody wrote them, times as `HH:MM`."""
    return Wishes(
        rhythm=rhythm,
        quiet_from=time.fromisoformat(quiet_from) if quiet_from else None,
        quiet_until=time.fromisoformat(quiet_until) if quiet_until else None,
        workdays_only=workdays_only,
    )


def wishes_faults(quiet_from: str | None, quiet_until: str | None) -> list[Invalid]:
    """Why these quiet hours cannot be kept."""
    given = {"quiet_from": quiet_from, "quiet_until": quiet_until}
    found: list[Invalid] = [
        TimeOfDayInvalid(path=(name,), given=text)
        for name, text in given.items()
        if text and not _TIME.fullmatch(text)
    ]
    if bool(quiet_from) != bool(quiet_until):
        found.append(QuietHoursHalf(path=("quiet_until" if quiet_from else "quiet_from",)))
    return found


def first_moment(
    wishes: Wishes, local: datetime, last_sent: date | None, workday: Callable[[date], bool]
) -> datetime:
    """The first moment from `local` on at which the account may be reminded; all in its own zone.

    `last_sent` is the day of the message before: a daily rhythm waits for the next one.
    """
    moment = local
    if wishes.rhythm is Rhythm.DAILY and last_sent is not None and last_sent >= moment.date():
        moment = _morning(moment, last_sent + timedelta(days=1))
    for _ in range(_MOST_DAYS):
        moment = _after_quiet(wishes, moment)
        if not wishes.workdays_only or workday(moment.date()):
            return moment
        moment = _morning(moment, moment.date() + timedelta(days=1))
    return _after_quiet(wishes, local)


def pause(attempts: int) -> timedelta | None:
    """How long to wait after that many attempts that failed; None when it is given up."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None


def _after_quiet(wishes: Wishes, moment: datetime) -> datetime:
    begins, ends = wishes.quiet_from, wishes.quiet_until
    if begins is None or ends is None or begins == ends:
        return moment
    now = moment.time()
    over_midnight = begins > ends
    quiet = (now >= begins or now < ends) if over_midnight else begins <= now < ends
    if not quiet:
        return moment
    day = moment.date()
    if over_midnight and now >= begins:
        day += timedelta(days=1)
    return moment.replace(
        year=day.year,
        month=day.month,
        day=day.day,
        hour=ends.hour,
        minute=ends.minute,
        second=0,
        microsecond=0,
    )


def _morning(moment: datetime, day: date) -> datetime:
    return moment.replace(
        year=day.year, month=day.month, day=day.day, hour=0, minute=0, second=0, microsecond=0
    )
