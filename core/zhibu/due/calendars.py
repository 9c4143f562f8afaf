"""Writing days as an iCalendar file; the same days give the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

_REFRESH = "PT6H"


@dataclass(kw_only=True)
class Day:
    """A day on which something is due. `key` is whose, so that no two calendars share an event."""

    on: date
    key: str
    title: str = ""
    count: int = 0
    lines: list[str] = field(default_factory=list)
    told_at: datetime | None = None

    @property
    def uid(self) -> str:
        return sha256(f"{self.key} {self.on.isoformat()}".encode()).hexdigest()[:32] + "@zhibu"


def written(name: str, days: Sequence[Day], address: str | None) -> bytes:
    """A calendar with an event for each day, all day long, without anybody's name."""
    calendar = Calendar()
    calendar.add("prodid", "-//Zhibu//Due//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", _REFRESH)
    for day in days:
        event = Event()
        event.add("uid", day.uid)
        # Not the moment of asking: the file would never be the same twice.
        event.add("dtstamp", day.told_at or datetime.min.replace(tzinfo=UTC))
        event.add("dtstart", day.on)
        event.add("dtend", day.on + timedelta(days=1))
        event.add("summary", day.title)
        event.add("transp", "TRANSPARENT")
        if day.lines:
            event.add("description", "\n".join(day.lines))
        if address:
            event.add("url", address)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
