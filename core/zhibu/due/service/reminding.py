"""Writing reminders into the outbox: once for everything new, when each account wants it."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from zhibu.act import Act
from zhibu.due.rules.reminders import first_moment
from zhibu.due.service.sweeping import Acts
from zhibu.due.store import reminding as store

PAGE = 500  # accounts


async def remind(acts: Acts, workday: Callable[[date], bool]) -> int:
    """Put a message for each channel of whoever has something new; how many.

    A message and the note that its account is reminded are written in one transaction, some
    hundred accounts in each, so neither is lost without the other.
    """
    count, after = 0, None
    while True:
        async with acts() as act:
            ways = await store.ways(act.session, act.tenant_id, act.today, after, PAGE)
            if not ways:
                return count
            count += await _put(act, ways, workday)
        after = ways[-1].account_id


async def _put(act: Act, ways: list[store.Way], workday: Callable[[date], bool]) -> int:
    zone = act.tenant.zone
    moments = {way.channel_id: _moment(way, act.now, zone, workday) for way in ways}
    accounts = {way.account_id for way in ways}
    await store.reminded(act.session, act.tenant_id, accounts, act.today)
    return await store.put(act.session, act.tenant_id, act.now, moments)


def _moment(
    way: store.Way, now: datetime, zone: ZoneInfo, workday: Callable[[date], bool]
) -> datetime:
    last = way.last_sent.astimezone(zone).date() if way.last_sent else None
    return first_moment(way.wishes, now.astimezone(zone), last, workday)
