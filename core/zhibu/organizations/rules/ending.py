"""When a unit can have ended, by what is recorded after it or goes on."""

from dataclasses import dataclass
from datetime import date

from zhibu.errors import Conflict
from zhibu.organizations import errors
from zhibu.organizations.rules.tree import Unit


@dataclass(frozen=True, kw_only=True)
class LastRecorded:
    """What is on record of a unit after a day: so many members and sub-units, now gone, belonged
    to it until `until`, and its own latest change is of `changed`.
    So many procedures wait there, `under_way`."""

    members: int = 0
    units: int = 0
    until: date | None = None
    changed: date | None = None
    under_way: int = 0


def ending_faults(unit: Unit, last: LastRecorded, on: date) -> list[Conflict]:
    """Why the unit cannot have ended on that day, by what is recorded after it or goes on."""
    found: list[Conflict] = []
    if unit.ended_on is not None:
        return found
    if last.until is not None:
        found.append(
            errors.UnitsRemained(
                path=("on",), on=on, members=last.members, units=last.units, until=last.until
            )
        )
    if last.changed is not None:
        found.append(errors.LaterChangeRecorded(path=("on",), since=last.changed))
    if last.under_way:
        found.append(errors.ProceduresUnderWay(path=("organization",), count=last.under_way))
    return found
