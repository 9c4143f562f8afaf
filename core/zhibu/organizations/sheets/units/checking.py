"""What is wrong with a workbook of organizations: against the tree, and against itself."""

from collections.abc import Mapping, Sequence

from zhibu.act import Act
from zhibu.core_actions import ORGANIZATION_CREATE, ORGANIZATION_READ
from zhibu.forms.faults import Fault
from zhibu.forms.rows import Row
from zhibu.identifiers import new_id
from zhibu.organizations import errors, rules, store
from zhibu.organizations.rules import Unit
from zhibu.organizations.sheets.units.columns import TITLES
from zhibu.organizations.sheets.units.known import known_units
from zhibu.policy.paths import ROOT

WHOLE = ("name", "kind", "approves", "founded_on")  # without which there is no unit to judge


async def check(act: Act, rows: Sequence[Row]) -> list[Fault]:
    """Compare the rows with each other and with the tree, whose rules hold for both."""
    known = await known_units(act, rows)
    told: dict[str, Row] = {}
    for row in rows:
        if row["code"]:
            told.setdefault(row["code"], row)
    root = await store.siblings(act.session, act.tenant_id, None)
    taken = await _names_taken(act, rows, known)
    faults: list[Fault] = []
    roots = 0
    for row in rows:
        if not row.tells("code", "parent"):
            continue
        unit, parent_code = known.get(row["code"]), row["parent"]
        if parent_code is not None and parent_code not in known and parent_code not in told:
            faults.append(row.fault(errors.ParentUnknown.code, "parent", parent=parent_code))
            continue
        if parent_code is not None and _circular(row["code"], told):
            faults.append(row.fault(errors.MoveUnderItself.code, "parent", name=row["name"]))
            continue
        above = _above(row, known, told)
        if not all(each.tells("parent") for each in above):
            continue
        if not _permitted(act, unit, parent_code, known, told):
            faults.append(row.fault(errors.NotPermittedHere.code, "code"))
            continue
        if unit is not None:
            faults += _differences(row, unit, known)
            continue
        roots += parent_code is None and not row.faulty
        if parent_code is None and (root or roots > 1):
            faults.append(row.fault(errors.RootExists.code, "parent"))
        if not row.tells(*WHOLE) or not all(each.tells(*WHOLE) for each in above[:1]):
            continue
        name = (parent_code, row["name"])
        siblings = {row["name"]} if name in taken else set()
        if not row.faulty:
            taken.add(name)
        found = rules.found_faults(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            approves=bool(row["approves"]),
            parent=_parent(parent_code, known, told),
            siblings=siblings,
            code_taken=False,
            founded_on=row["founded_on"],
        )
        faults += [Fault.of(error, row.number, _column(error.path)) for error in found]
    return [*faults, *_orphaned(rows, faults, known, told)]


def _orphaned(
    rows: Sequence[Row], faults: Sequence[Fault], known: Mapping[str, Unit], told: Mapping[str, Row]
) -> list[Fault]:
    """Rows below one that is not written: there would be nothing above them."""
    refused = {row.number for row in rows if row.faulty}
    refused |= {fault.row for fault in faults if fault.row and fault.is_error}
    found = []
    for row in rows:
        if row.number in refused or row["code"] in known:
            continue
        faulty = [each["code"] for each in _above(row, known, told) if each.number in refused]
        if faulty:
            found.append(row.fault(errors.ParentRefused.code, "parent", parent=faulty[0]))
    return found


def _above(row: Row, known: Mapping[str, Unit], told: Mapping[str, Row]) -> list[Row]:
    """The rows of new units that stand above this one in the file, nearest first."""
    found: list[Row] = []
    code = row["parent"]
    while code in told and code not in known and told[code] not in found:
        found.append(told[code])
        code = told[code]["parent"]
    return found


async def _names_taken(
    act: Act, rows: Sequence[Row], known: Mapping[str, Unit]
) -> set[tuple[str | None, str]]:
    """Code of the parent and name of every living unit below the parents that exist already."""
    parents = {unit.id: code for code, unit in known.items()}
    named = await store.names_below(act.session, act.tenant_id, parents)
    return {(parents[parent], name) for parent, name in named}


def _circular(code: str, told: Mapping[str, Row]) -> bool:
    """Whether going up from here through the file comes back here, or never ends."""
    seen = set()
    above: str | None = code
    while above is not None and above in told and above not in seen:
        seen.add(above)
        above = told[above]["parent"]
    return above in seen


def _permitted(
    act: Act,
    unit: Unit | None,
    parent: str | None,
    known: Mapping[str, Unit],
    told: Mapping[str, Row],
) -> bool:
    """Whether the caller may found or rename this, at the nearest unit that exists already."""
    if unit is not None:
        return act.may(ORGANIZATION_READ, unit.path)
    while parent is not None and parent not in known:
        parent = told[parent]["parent"] if parent in told else None
    return act.may(ORGANIZATION_CREATE, known[parent].path if parent else ROOT)


def _differences(row: Row, unit: Unit, known: Mapping[str, Unit]) -> list[Fault]:
    """What the file says otherwise of a known unit, and an import does not change."""
    faults = []
    if unit.ended_on is not None:
        return [row.fault(errors.UnitEnded.code, "code", name=unit.name, ended_on=unit.ended_on)]
    parent = known.get(row["parent"])
    if "parent" in row and unit.parent_id != (parent.id if parent else None):
        faults.append(row.fault(errors.ParentDiffers.code, "parent"))
    if row["founded_on"] not in {None, unit.founded_on}:
        faults.append(row.fault(errors.FoundingDiffers.code, "founded_on", warning=True))
    return faults


def _parent(code: str | None, known: Mapping[str, Unit], told: Mapping[str, Row]) -> Unit | None:
    if code is None:
        return None
    if code in known:
        return known[code]
    row = told[code]
    return Unit(
        id=new_id(),
        parent_id=None,
        path="",
        code=code,
        name=row["name"],
        short_name=None,
        kind=row["kind"],
        approves_probationary=False,
        founded_on=row["founded_on"],
        ended_on=None,
        successor_id=None,
        version=1,
    )


def _column(path: tuple[str, ...]) -> str | None:
    key = {"approves_probationary": "approves"}.get(path[0], path[0]) if path else ""
    return TITLES.get(key)
