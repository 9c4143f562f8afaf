"""One formal branch at any time (S2-18), and what is entered about a person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from zhibu.basis import Basis
from zhibu.errors import Conflict, Invalid
from zhibu.identifiers import new_id
from zhibu.members import errors
from zhibu.members.rules.values import Affiliation, Person, Stage

Faults = list[Invalid | Conflict]


@dataclass(frozen=True, kw_only=True)
class Home:
    """What a member's organization must be. `formal`: its kind holds formal affiliations."""

    id: UUID
    name: str
    path: str
    kind: str
    formal: bool
    ended: bool
    founded_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Group:
    """A Party group, by the branch it belongs to; `living` and `is_group` must both hold."""

    id: UUID
    name: str
    branch_id: UUID | None
    is_group: bool
    living: bool


def home_faults(home: Home, field: str = "organization") -> Faults:
    """Why this organization cannot be anybody's formal branch."""
    if home.ended:
        return [errors.BranchEnded(path=(field,), name=home.name)]
    if not home.formal:
        return [errors.NotAFormalHome(path=(field,), name=home.name, kind=home.kind)]
    return []


def founding_faults(home: Home, on: date | None, field: str = "on") -> Faults:
    """Nobody belongs to a branch before it was founded."""
    if home.founded_on is None or on is None or on >= home.founded_on:
        return []
    return [
        errors.BranchFoundedLater(path=(field,), name=home.name, founded_on=home.founded_on, on=on)
    ]


def joined(home: Home, admitted_on: date, joined_on: date | None) -> date:
    """When the affiliation of somebody from the files began: where that is not known, with the
    admission, or with the branch for who was admitted before there was one."""
    return joined_on or max(admitted_on, home.founded_on or admitted_on)


def group_faults(group: Group | None, branch_id: UUID) -> Faults:
    """Why a member of this branch cannot belong to that Party group."""
    if group is None or (group.is_group and group.living and group.branch_id == branch_id):
        return []
    return [errors.GroupElsewhere(path=("group",), name=group.name)]


def date_faults(
    *, admitted_on: date, full_on: date | None, joined_on: date | None, today: date
) -> Faults:
    """Why these days of a membership do not fit together."""
    found: Faults = [
        errors.NotYetHappened(path=(field,), on=day, today=today)
        for field, day in (
            ("admitted_on", admitted_on),
            ("full_on", full_on),
            ("joined_on", joined_on),
        )
        if day is not None and day > today
    ]
    found += [
        errors.DatesOutOfOrder(path=(field,), earlier=admitted_on, later=day)
        for field, day in (("full_on", full_on), ("joined_on", joined_on))
        if day is not None and day < admitted_on
    ]
    return found


def age_faults(birth_date: date, admitted_on: date, needed: int, basis: Basis | None) -> Faults:
    """Nobody is admitted before the age the rule names."""
    age = age_on(birth_date, admitted_on)
    if age >= needed:
        return []
    return [errors.TooYoung(path=("admitted_on",), basis=basis, age=age, needed=needed)]


def age_on(birth_date: date, day: date) -> int:
    """Completed years of life."""
    before_birthday = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - before_birthday


def transfer_faults(
    person: Person, current: Affiliation | None, home: Home, *, on: date, today: date
) -> Faults:
    """Why the member cannot move to that branch on that day."""
    if person.stage is Stage.LEFT or current is None:
        return [errors.MemberLeft(path=("member",), left_on=person.left_on)]
    found = home_faults(home)
    if home.id == person.organization_id:
        found.append(errors.AlreadyThere(path=("organization",)))
    if on > today:
        found.append(errors.NotYetHappened(path=("on",), on=on, today=today))
    return [*found, *founding_faults(home, on), *ending_faults(current, on)]


def present_affiliation(person: Person, joined_on: date | None) -> Affiliation | None:
    """The affiliation that lasts, of which only the beginning was asked; None for who left."""
    if joined_on is None:
        return None
    return Affiliation(
        id=person.id,
        member_id=person.id,
        organization_id=person.organization_id,
        since=joined_on,
        until=None,
        reason=None,
    )


def ending_faults(current: Affiliation | None, on: date) -> Faults:
    """Why an affiliation cannot end that day: it lasts for a day at least."""
    if current is None or on > current.since:
        return []
    if on < current.since:
        return [errors.DatesOutOfOrder(path=("on",), earlier=current.since, later=on)]
    return [errors.DayTaken(path=("on",), on=on)]


def affiliated(
    affiliations: Sequence[Affiliation], member_id: UUID, home: UUID, on: date, reason: str | None
) -> list[Affiliation]:
    """The history with another branch from `on`; what was open ends that day."""
    new = Affiliation(
        id=new_id(),
        member_id=member_id,
        organization_id=home,
        since=on,
        until=None,
        reason=reason,
    )
    return [*closed(affiliations, on), new]


def closed(affiliations: Sequence[Affiliation], on: date) -> list[Affiliation]:
    """The history with the open affiliation ended."""
    return [replace(a, until=on) if a.until is None else a for a in affiliations]


def unaffiliated(affiliations: Sequence[Affiliation]) -> list[Affiliation]:
    """The history without its last transfer. Raises `NothingToUndo`.

    An affiliation that follows a gap came with a restoration and goes only with it.
    """
    if len(affiliations) < 2 or affiliations[-1].until is not None:
        raise errors.NothingToUndo(path=("what",))
    before, last = affiliations[-2:]
    if before.until != last.since:
        raise errors.NothingToUndo(path=("what",))
    return [*affiliations[:-2], replace(before, until=None)]


def undeparted(affiliations: Sequence[Affiliation], left_on: date) -> list[Affiliation]:
    """The history as it was before the member left on that day."""
    *earlier, last = affiliations
    return [*earlier, replace(last, until=None)] if last.until == left_on else list(affiliations)


def unreturned(affiliations: Sequence[Affiliation], restored_on: date) -> list[Affiliation]:
    """The history without the affiliation that came with a restoration on that day, now undone.

    Raises `NothingToUndo` when the member has moved on from there since.
    """
    *earlier, last = affiliations
    if last.since != restored_on or not earlier:
        raise errors.NothingToUndo(path=("what",))
    return earlier


def rejoined(
    affiliations: Sequence[Affiliation], home: Home, old: date, new: date
) -> list[Affiliation]:
    """The history with a corrected day of admission, if the first affiliation began with it.

    `home` is the branch of the first affiliation; one that began with the founding of its branch
    does so still. Raises `DatesOutOfOrder` when it would lie before the admission, or end before
    it begins.
    """
    first, *rest = affiliations
    began_with_it = first.since in (old, joined(home, old, None))
    since = joined(home, new, None) if began_with_it else first.since
    end = first.until or date.max
    if since < new or since >= end:
        raise errors.DatesOutOfOrder(path=("admitted_on",), earlier=new, later=min(since, end))
    return [replace(first, since=since), *rest]
