"""What may become of a unit: founding, renaming, moving, merging, splitting and ending.

Each function answers every refusal at once, so that a caller can mend them together.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhibu.organizations import errors
from zhibu.organizations.rules.dates import Faults, founding_faults
from zhibu.organizations.rules.kinds import ALLOWED_BELOW, BRANCHES, FORMAL_HOMES, MAY_APPROVE, Kind


@dataclass(frozen=True, kw_only=True)
class Unit:
    """An organization as it is now. `path` begins with the path of its parent."""

    id: UUID
    parent_id: UUID | None
    path: str
    code: str
    name: str
    short_name: str | None
    kind: Kind
    approves_probationary: bool
    founded_on: date | None
    ended_on: date | None
    successor_id: UUID | None
    version: int


@dataclass(frozen=True, kw_only=True)
class Part:
    """One new unit of a split and who goes there: members and sub-units of the old one."""

    code: str
    name: str
    short_name: str | None = None
    members: tuple[UUID, ...] = ()
    units: tuple[UUID, ...] = ()


def root_faults(parent: Unit | None, siblings: Collection[str]) -> Faults:
    """An institution has one organization without a parent."""
    return [errors.RootExists(path=("parent",))] if parent is None and siblings else []


def found_faults(
    *,
    code: str,
    name: str,
    kind: Kind,
    approves: bool,
    parent: Unit | None,
    siblings: Collection[str],
    code_taken: bool,
    founded_on: date | None = None,
) -> Faults:
    """Why this unit cannot be founded there. `siblings` are the names of the parent's units."""
    found = [
        errors.NameMissing(path=(field,), field=field)
        for field, text in (("code", code), ("name", name))
        if not text.strip()
    ]
    return [
        *found,
        *_living(parent, "parent"),
        *_allowed(kind, parent),
        *_approving(kind, approves),
        *founding_faults(founded_on, parent.founded_on if parent else None, "founded_on"),
        *([errors.CodeTaken(path=("code",), code=code)] if code_taken else []),
        *([errors.NameTaken(path=("name",), name=name)] if name in siblings else []),
    ]


def rename_faults(
    unit: Unit,
    *,
    name: str,
    kind: Kind,
    approves: bool,
    parent: Unit | None,
    siblings: Collection[str],
    children: Iterable[Kind],
    members: int,
) -> Faults:
    """Why the unit cannot bear this name or become this kind."""
    found: Faults = _living(unit, "organization")
    if not name.strip():
        found.append(errors.NameMissing(path=("name",), field="name"))
    if name in siblings:
        found.append(errors.NameTaken(path=("name",), name=name))
    found += _approving(kind, approves)
    if kind is unit.kind:
        return found
    found += _allowed(kind, parent)
    if members and kind not in FORMAL_HOMES:
        found.append(errors.KindNotForMembers(path=("kind",), kind=kind))
    for child in sorted(set(children) - ALLOWED_BELOW[kind]):
        found.append(errors.KindNotAllowed(path=("kind",), kind=child, parent_kind=kind))
    return found


def move_faults(unit: Unit, parent: Unit, siblings: Collection[str], members: int) -> Faults:
    """Why the unit, with so many members of its own, cannot stand below `parent`."""
    if parent.path.startswith(unit.path):
        return [errors.MoveUnderItself(path=("parent",), name=unit.name)]
    return [
        *_living(unit, "organization"),
        *_living(parent, "parent"),
        *_allowed(unit.kind, parent, "parent"),
        *([errors.NameTaken(path=("parent",), name=unit.name)] if unit.name in siblings else []),
        *_group_faults(unit, parent.id, members, "parent"),
    ]


def merge_faults(unit: Unit, into: Unit, children: Iterable[Kind], members: int) -> Faults:
    """Why `unit` cannot end in `into`: branches go into branches, others into their own kind."""
    if into.path.startswith(unit.path):
        return [errors.MoveUnderItself(path=("into",), name=unit.name)]
    found = [*_living(unit, "organization"), *_living(into, "into")]
    alike = {unit.kind, into.kind} <= BRANCHES or unit.kind is into.kind
    if not alike:
        found.append(errors.MergeDiffers(path=("into",), kind=unit.kind, into_kind=into.kind))
    elif members and into.kind in BRANCHES - FORMAL_HOMES:
        found.append(errors.KindNotForMembers(path=("into",), kind=into.kind))
    found += _group_faults(unit, into.parent_id, members, "into")
    for child in sorted(set(children) - ALLOWED_BELOW[into.kind]):
        found.append(errors.KindNotAllowed(path=("into",), kind=child, parent_kind=into.kind))
    return found


def split_faults(
    unit: Unit,
    parts: Sequence[Part],
    *,
    members: Collection[UUID],
    units: Collection[UUID],
    codes_taken: Collection[str],
    siblings: Collection[str],
) -> Faults:
    """Why the unit cannot be split so. `members` and `units` are those it has now."""
    found: Faults = _living(unit, "organization")
    if unit.parent_id is None:
        found.append(errors.RootExists(path=("organization",)))
    if not parts:
        found.append(errors.NothingToSplit(path=("parts",)))
    seen: set[tuple[str, str]] = set()
    for number, part in enumerate(parts):
        here = ("parts", str(number))
        if not part.members and not part.units:
            found.append(errors.NothingToSplit(path=here))
        for field, text in (("code", part.code), ("name", part.name)):
            if not text.strip():
                found.append(errors.NameMissing(path=(*here, field), field=field))
        if part.code in codes_taken:
            found.append(errors.CodeTaken(path=(*here, "code"), code=part.code))
        if part.name in siblings:
            found.append(errors.NameTaken(path=(*here, "name"), name=part.name))
        named = [("code", part.code), ("name", part.name)]
        named += [("row", str(row)) for row in (*part.members, *part.units)]
        for what in named:
            if what in seen:
                found.append(errors.NamedTwice(path=here, name=what[1]))
            seen.add(what)
        for row in (*set(part.members) - set(members), *set(part.units) - set(units)):
            found.append(errors.NotOfUnit(path=here, name=str(row)))
    return found


def dissolve_faults(unit: Unit, *, members: int, units: int) -> Faults:
    """Why the unit cannot end without a successor: nobody may be left without a branch (S2-18)."""
    found = _living(unit, "organization")
    if members or units:
        found.append(errors.UnitsRemain(path=("organization",), members=members, units=units))
    return found


def reopen_faults(
    unit: Unit, last_path: str, parent: Unit | None, siblings: Collection[str]
) -> Faults:
    """Why an ended unit cannot be taken up again as if it had never ended.

    `last_path` is where it stood when it ended: if a unit above has moved since, it would have
    moved along, and its history would have to be rewritten.
    """
    if unit.ended_on is None:
        return [errors.UnitLives(path=("organization",), name=unit.name)]
    found = [*_living(parent, "organization"), *_allowed(unit.kind, parent, "organization")]
    if last_path != unit.path:
        found.append(errors.LaterChangeRecorded(path=("organization",), since=unit.ended_on))
    if unit.successor_id is not None:
        found.append(errors.EndedByMerger(path=("organization",), name=unit.name))
    if unit.name in siblings:
        found.append(errors.NameTaken(path=("organization",), name=unit.name))
    return found


def _living(unit: Unit | None, field: str) -> Faults:
    if unit is None or unit.ended_on is None:
        return []
    return [errors.UnitEnded(path=(field,), name=unit.name, ended_on=unit.ended_on)]


def _allowed(kind: Kind, parent: Unit | None, field: str = "kind") -> Faults:
    above = parent.kind if parent else None
    if kind in ALLOWED_BELOW[above]:
        return []
    return [errors.KindNotAllowed(path=(field,), kind=kind, parent_kind=above or "—")]


def _group_faults(unit: Unit, branch_id: UUID | None, members: int, field: str) -> Faults:
    """Members of a Party group stay in their branch, so their group does."""
    if unit.kind is not Kind.PARTY_GROUP or not members or unit.parent_id == branch_id:
        return []
    return [errors.GroupHasMembers(path=(field,), members=members)]


def _approving(kind: Kind, approves: bool) -> Faults:
    if not approves or kind in MAY_APPROVE:
        return []
    return [errors.MayNotApprove(path=("approves_probationary",), kind=kind)]
