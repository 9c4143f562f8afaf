"""What is wrong with a roster: row by row, and against what is recorded."""

from collections.abc import Iterable, Mapping, Sequence

from zhibu.act import Act
from zhibu.core_actions import MEMBER_IMPORT, MEMBER_READ, ORGANIZATION_READ
from zhibu.forms.faults import Fault, Severity
from zhibu.forms.identity import birth_date, gender
from zhibu.forms.rows import Row
from zhibu.members import errors, limits, rules
from zhibu.members.rules import Person, Stage
from zhibu.members.service.loading import group, home
from zhibu.members.sheets.columns import TITLES
from zhibu.members.sheets.recorded import Recorded, in_parts
from zhibu.organizations.errors import NotPermittedHere, OrganizationUnknown
from zhibu.organizations.public import Unit

# The file cannot change these of somebody who is recorded: they have procedures of their own.
_SETTLED = ("stage", "admitted_on", "full_on")


def check_row(row: Row) -> Iterable[Fault]:
    """What a row contradicts in itself, as far as it can be read; a gender is only doubted."""
    number = row["identity_number"]
    if number is not None and row["birth_date"] not in {None, birth_date(number)}:
        yield row.fault(errors.IdentityContradicts.code, "birth_date")
    if row.tells("identity_number", "gender") and row["gender"] != gender(number):
        yield row.fault(errors.IdentityContradicts.code, "gender", warning=True)
    if row["stage"] == Stage.PROBATIONARY and row["full_on"] is not None:
        yield row.fault(errors.FullDateOfProbationary.code, "full_on")
    if not row.tells("admitted_on"):
        return
    for error in rules.date_faults(
        admitted_on=row["admitted_on"],
        full_on=row["full_on"],
        joined_on=row["joined_on"],
        today=max(row[key] for key in ("admitted_on", "full_on", "joined_on") if row[key]),
    ):
        yield Fault.of(error, row.number, TITLES[error.path[0]])


async def check(act: Act, rows: Sequence[Row]) -> list[Fault]:
    """Compare with the tree and with who is recorded; who is invisible is said to be nobody."""
    faults: list[Fault] = []
    async for part, known in in_parts(act, rows):
        for row in part:
            faults += _faults(act, row, known)
    return faults


def _faults(act: Act, row: Row, known: Recorded) -> list[Fault]:
    if not row.tells("branch"):
        return []
    branch = known.units.get(row["branch"])
    if branch is None or not act.may(ORGANIZATION_READ, branch.path):
        return [row.fault(OrganizationUnknown.code, "branch", organization=row["branch"])]
    if not act.may(MEMBER_IMPORT, branch.path):
        return [row.fault(NotPermittedHere.code, "branch")]
    faults = _home_faults(row, branch, known.units)
    if not row.tells("identity_number"):
        return faults
    person = known.people.get(row["identity_number"])
    if person is None:
        place = home(branch)  # where nobody may be, it says nothing when it was founded
        found = (
            []
            if rules.home_faults(place)
            else rules.founding_faults(place, row["joined_on"], "joined_on")
        )
        faults += [Fault.of(error, row.number, TITLES["joined_on"]) for error in found]
        return [*faults, *(_age_faults(act, row, branch) if row.tells("admitted_on") else [])]
    return [*faults, *_known_faults(act, row, branch, person)]


def _home_faults(row: Row, branch: Unit, units: Mapping[str, Unit]) -> list[Fault]:
    faults = [Fault.of(e, row.number, TITLES["branch"]) for e in rules.home_faults(home(branch))]
    if faults or row["group"] is None:
        return faults
    unit = units.get(row["group"])
    if unit is None:
        return [*faults, row.fault(errors.GroupElsewhere.code, "group", name=row["group"])]
    found = rules.group_faults(group(unit), branch.id)
    return [*faults, *(Fault.of(error, row.number, TITLES["group"]) for error in found)]


def _age_faults(act: Act, row: Row, branch: Unit) -> list[Fault]:
    needed, basis = limits.admission_age(act, branch.path, row["admitted_on"])
    found = rules.age_faults(birth_date(row["identity_number"]), row["admitted_on"], needed, basis)
    return [Fault.of(error, row.number, TITLES["admitted_on"]) for error in found]


def _known_faults(act: Act, row: Row, branch: Unit, person: Person) -> list[Fault]:
    if not act.may(MEMBER_READ, person.path, person.id):
        return [row.fault(errors.IdentityTaken.code, "identity_number")]
    if person.stage is Stage.LEFT:
        return [row.fault(errors.MemberLeft.code, "identity_number", left_on=person.left_on)]
    if person.organization_id != branch.id:
        return [row.fault(errors.SecondFormalBranch.code, "branch")]
    return [
        Fault(row.number, TITLES[key], errors.RecordedDiffers.code, {}, Severity.ERROR)
        for key in _SETTLED
        if key in row and row[key] is not None and row[key] != getattr(person, key)
    ]
