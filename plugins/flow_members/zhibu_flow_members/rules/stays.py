"""Nobody is in two places: how the stays of one member lie to each other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Stay:
    """Another stay of the same member that is not void."""

    since: date
    until: date | None
    ended_on: date | None
    place: str


def in_the_way(
    since: date, until: date | None, stays: Iterable[Stay], *, today: date
) -> Stay | None:
    """The stay that one from `since`, not ended yet, would meet.

    What has begun lasts until it is ended, whatever was expected. What is planned leaves room
    for another whose end is known.
    """
    return next((stay for stay in stays if _meet(since, until, stay, today)), None)


def _meet(since: date, until: date | None, stay: Stay, today: date) -> bool:
    if stay.ended_on is None and max(since, stay.since) <= today:
        return True
    if stay.ended_on is not None and stay.ended_on <= stay.since:
        return False  # over on the day it began
    if since <= stay.since:
        return until is None or until > stay.since
    over = stay.ended_on or stay.until
    return over is None or over > since
