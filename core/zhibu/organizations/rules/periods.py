"""An organization's history: gapless periods, kept in order when something is entered late."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from zhibu.identifiers import new_id
from zhibu.organizations.errors import BeforeFounding
from zhibu.organizations.rules.kinds import Kind

# Units whose founding date nobody knows have stood since before any record.
BEFORE_RECORDS = date(1921, 7, 1)


@dataclass(frozen=True, kw_only=True)
class Period:
    """Name, kind and place of an organization from `since` until before `until` (None: still)."""

    id: UUID
    organization_id: UUID
    since: date
    until: date | None
    name: str
    kind: Kind
    parent_id: UUID | None
    path: str
    change: str
    reason: str | None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


def period_on(periods: Sequence[Period], day: date) -> Period:
    """The period of that day. Raises `BeforeFounding` when the records begin later."""
    for period in periods:
        if period.covers(day):
            return period
    raise BeforeFounding(path=("on",), on=day, since=periods[0].since)


def altered(
    periods: Sequence[Period],
    on: date,
    *,
    change: str,
    reason: str | None,
    name: str | None = None,
    kind: Kind | None = None,
) -> list[Period]:
    """The whole history, in order, with another name or kind from `on`.

    A change entered late holds until the next change of the same thing that is already recorded;
    what was recorded after it stays. `periods` are in order. Raises `BeforeFounding`.
    """
    before = period_on(periods, on)
    history: list[Period] = []
    for period in periods:
        if period is before and period.since < on:
            history.append(replace(period, until=on))
            history.append(replace(period, id=new_id(), since=on, change=change, reason=reason))
        elif period is before and period.change != "founded":
            history.append(replace(period, change=change, reason=reason))
        else:
            history.append(period)
    start = next(i for i, period in enumerate(history) if period.since >= on)
    if name is not None:
        _spread(history, start, "name", before.name, name)
    if kind is not None:
        _spread(history, start, "kind", before.kind, kind)
    return history


def carried(
    period: Period, on: date, old: str, new: str, *, change: str, reason: str | None
) -> Period:
    """The period that begins on `on` because a unit above, or the unit itself, moved."""
    return replace(
        period,
        id=new_id(),
        since=on,
        path=new + period.path[len(old) :],
        change=change,
        reason=reason,
    )


def _spread(history: list[Period], start: int, field: str, old: object, new: object) -> None:
    for index in range(start, len(history)):
        if getattr(history[index], field) != old:
            return
        history[index] = replace(history[index], **{field: new})  # type: ignore[arg-type]
