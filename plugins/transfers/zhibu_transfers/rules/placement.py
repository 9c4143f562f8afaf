"""Where a member belongs: one ordered table of conditions, read as data (S1-03 to S1-22)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from zhibu.basis import Basis
from zhibu.calendar import add_months


class Situation(StrEnum):
    """How a member lives and works, as far as it decides where he belongs."""

    STABLE_WORK = "stable_work"
    UNSTABLE_WORK = "unstable_work"
    NO_WORK = "no_work"
    RETIRED = "retired"
    SOLDIER = "soldier"
    GRADUATE = "graduate"
    RESTRUCTURED = "restructured"


class Place(StrEnum):
    """The kind of organization a member belongs to."""

    UNIT = "unit"
    UNIT_LOCATION = "unit_location"
    ASSOCIATION = "association"
    SERVICE_BODY = "service_body"
    RESIDENCE = "residence"
    KIN_RESIDENCE = "kin_residence"
    SUCCESSOR = "successor"
    STAYS = "stays"


@dataclass(frozen=True, kw_only=True)
class Long:
    """From how many months on a stay is long; whether exactly so many are is A-05."""

    months: int
    inclusive: bool = True


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a member who moves; unknown is no."""

    situation: Situation
    since: date | None = None
    until: date | None = None
    unit_has_organization: bool = False
    location_has_organization: bool = False
    association_exists: bool = False
    file_at_service_body: bool = False
    fixed_residence: bool = False
    residence_changes_often: bool = False
    socialized: bool = False
    settled_elsewhere: bool = False
    rehired: bool = False
    destination_known: bool = True

    def lasting(self, today: date, long: Long) -> bool:
        """Whether the stay lasts so many calendar months.

        A stay without an end is meant to last; without a beginning it begins today.
        """
        if self.until is None:
            return True
        edge = add_months(self.since or today, long.months)
        return self.until >= edge if long.inclusive else self.until > edge


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table: who it is about, where he belongs, and which clause says so."""

    code: str
    place: Place
    clause: str
    when: Mapping[str, Any]

    def meets(self, facts: Facts, *, today: date, long: Long) -> bool:
        return all(
            _holds(facts, name, wanted, today=today, long=long)
            for name, wanted in self.when.items()
        )


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """Where the table places a member: the first line that fits, and those that fit as well.

    Who stays where he belongs because he is away for too short is `temporary`: he is recorded as a
    floating member, and no transfer is opened (S1-09).
    """

    place: Place
    clause: str
    basis: Basis | None
    considered: tuple[Row, ...] = ()
    temporary: bool = False


def rows(catalogue: Sequence[Mapping[str, Any]]) -> tuple[Row, ...]:
    """The table as the rules see it."""
    return tuple(
        Row(
            code=each["code"],
            place=Place(each["place"]),
            clause=each["clause"],
            when=each.get("when") or {},
        )
        for each in catalogue
    )


def placement(
    facts: Facts, table: Sequence[Row], *, today: date, long: Long, basis: Basis | None
) -> Suggestion:
    """The first line that fits decides; a member whom none fits stays where he is."""
    fitting = [row for row in table if row.meets(facts, today=today, long=long)]
    if not fitting:
        short = not facts.lasting(today, long)
        clause = "S1-09" if short else "S1-07"
        return Suggestion(place=Place.STAYS, clause=clause, basis=basis, temporary=short)
    first = fitting[0]
    return Suggestion(
        place=first.place, clause=first.clause, basis=basis, considered=tuple(fitting[1:])
    )


def _holds(facts: Facts, name: str, wanted: Any, *, today: date, long: Long) -> bool:
    if name == "situation":
        return facts.situation in wanted
    if name == "lasting":
        return facts.lasting(today, long) is wanted
    found: bool = getattr(facts, name)
    return found is wanted
