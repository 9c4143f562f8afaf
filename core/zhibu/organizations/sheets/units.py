"""The workbook of organizations: a row founds a unit, or changes what it is called."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from zhibu.act import Act
from zhibu.core_actions import ORGANIZATION_CREATE, ORGANIZATION_READ
from zhibu.forms.columns import Column
from zhibu.forms.faults import Fault
from zhibu.forms.kinds import Choice, Code, Date, Text, YesNo
from zhibu.forms.rows import Record, Row, Written
from zhibu.identifiers import label, new_id, row_of
from zhibu.organizations import errors, rules, store
from zhibu.organizations.rules import Kind, Unit
from zhibu.organizations.service.founding import first_period, founded, rename
from zhibu.policy.paths import ROOT

KINDS = Choice(
    {
        "市委组织部": Kind.MUNICIPAL_DEPARTMENT,
        "区委组织部": Kind.DISTRICT_DEPARTMENT,
        "工作委员会": Kind.WORKING_COMMITTEE,
        "党委": Kind.PARTY_COMMITTEE,
        "党总支": Kind.GENERAL_BRANCH,
        "党支部": Kind.BRANCH,
        "党小组": Kind.PARTY_GROUP,
        "联合党支部": Kind.JOINT_BRANCH,
        "临时党支部": Kind.TEMPORARY_BRANCH,
        "流动党员党支部": Kind.FLOATING_BRANCH,
    },
    aliases={
        "县委组织部": "区委组织部",
        "工委": "工作委员会",
        "党工委": "工作委员会",
        "基层党委": "党委",
        "机关党委": "党委",
        "总支": "党总支",
        "支部": "党支部",
        "小组": "党小组",
        "联合支部": "联合党支部",
        "临时支部": "临时党支部",
        "流动党支部": "流动党员党支部",
    },
)

COLUMNS = (
    Column("code", "党组织代码", Code(), required=True, example="DW0101"),
    Column("name", "党组织名称", Text(limit=100), required=True, width=46),
    Column("short_name", "简称", Text(limit=40), width=22),
    Column("parent", "上级党组织代码", Code(), note="最上级党组织不填", example="DW01"),
    Column("kind", "党组织类别", KINDS, required=True, width=16),
    Column("approves", "可审批预备党员", YesNo(blank=False)),
    Column("founded_on", "成立日期", Date(future=False, month=True)),
)
_TITLES = {column.key: column.title for column in COLUMNS}


async def check(act: Act, rows: Sequence[Row]) -> list[Fault]:
    """Compare the rows with each other and with the tree, whose rules hold for both."""
    known = await _known(act, rows)
    told = {row["code"]: row for row in rows}
    root = await store.siblings(act.session, act.tenant_id, None)
    taken = await _names_taken(act, rows, known)
    faults: list[Fault] = []
    roots = 0
    for row in rows:
        unit, parent_code = known.get(row["code"]), row["parent"]
        if parent_code is not None and parent_code not in known and parent_code not in told:
            faults.append(row.fault(errors.ParentUnknown.code, "parent", parent=parent_code))
            continue
        if parent_code is not None and _circular(row["code"], told):
            faults.append(row.fault(errors.MoveUnderItself.code, "parent", name=row["name"]))
            continue
        if not _permitted(act, unit, parent_code, known, told):
            faults.append(row.fault(errors.NotPermittedHere.code, "code"))
            continue
        if unit is not None:
            faults += _differences(row, unit, known)
            continue
        roots += parent_code is None
        if parent_code is None and (root or roots > 1):
            faults.append(row.fault(errors.RootExists.code, "parent"))
        name = (parent_code, row["name"])
        siblings = {row["name"]} if name in taken else set()
        taken.add(name)
        found = rules.found_faults(
            code=row["code"],
            name=row["name"],
            kind=row["kind"],
            approves=bool(row["approves"]),
            parent=_parent(parent_code, known, told),
            siblings=siblings,
            code_taken=False,
        )
        faults += [Fault.of(error, row.number, _column(error.path)) for error in found]
    return faults


async def write(act: Act, rows: Sequence[Row]) -> Written:
    """Found what is new, parents first, in a few statements; rename what is called otherwise."""
    session, tenant_id = act.session, act.tenant_id
    known = await _known(act, rows)
    new = [row for row in _parents_first(rows) if row["code"] not in known]
    first = await store.take_labels(session, tenant_id, len(new)) if new else 0
    units = dict(known)
    for number, row in enumerate(new, first):
        parent = units.get(row["parent"])
        act.require(ORGANIZATION_CREATE, parent.path if parent else ROOT)
        units[row["code"]] = Unit(
            id=new_id(),
            parent_id=parent.id if parent else None,
            path=f"{parent.path if parent else ''}{label(number)}.",
            code=row["code"],
            name=row["name"],
            short_name=row["short_name"],
            kind=row["kind"],
            approves_probationary=bool(row["approves"]),
            founded_on=row["founded_on"],
            ended_on=None,
            successor_id=None,
            version=1,
        )
    made = [units[row["code"]] for row in new]
    reason = "导入"
    await store.insert_units(
        session, tenant_id, [(unit, first_period(unit, reason)) for unit in made]
    )
    for unit in made:
        act.record(founded(unit, reason))
    act.touch(*(unit.id for unit in made))
    changed = 0
    for row in rows:
        before = known.get(row["code"])
        if before is not None and _changed(row, before):
            changed += 1
            await rename(
                act,
                before.id,
                on=act.today,
                reason=reason,
                name=row["name"],
                short_name=row["short_name"],
                kind=row["kind"],
                approves_probationary=bool(row["approves"]) if "approves" in row else None,
            )
    return Written(created=len(made), updated=changed, unchanged=len(rows) - len(made) - changed)


async def read(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
    """The living organizations that the caller sees, at or below `filters["organization"]`."""
    path = ""
    if filters.get("organization"):
        top = await store.unit(
            act.session, act.tenant_id, row_of(filters["organization"], "Organization")
        )
        path = top.path if top else ROOT
    scope = act.scope(ORGANIZATION_READ)
    units = await store.units_below(act.session, act.tenant_id, path, scope)
    codes = {unit.id: unit.code for unit in units}
    missing = {unit.parent_id for unit in units if unit.parent_id} - set(codes)
    above = await store.units(act.session, act.tenant_id, missing)
    codes |= {unit.id: unit.code for unit in above.values()}
    return [
        {
            "code": unit.code,
            "name": unit.name,
            "short_name": unit.short_name,
            "parent": codes.get(unit.parent_id) if unit.parent_id else None,
            "kind": unit.kind,
            "approves": unit.approves_probationary,
            "founded_on": unit.founded_on,
        }
        for unit in units
    ]


async def _known(act: Act, rows: Sequence[Row]) -> dict[str, Unit]:
    codes = {row["code"] for row in rows} | {row["parent"] for row in rows if row["parent"]}
    return await store.units_by_code(act.session, act.tenant_id, codes)


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


def _changed(row: Row, unit: Unit) -> bool:
    return (
        (row["name"], row["kind"]) != (unit.name, unit.kind)
        or row["short_name"] not in {None, unit.short_name}
        or ("approves" in row and row["approves"] != unit.approves_probationary)
    )


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
        founded_on=None,
        ended_on=None,
        successor_id=None,
        version=1,
    )


def _parents_first(rows: Sequence[Row]) -> list[Row]:
    told = {row["code"]: row for row in rows}
    ordered: dict[str, Row] = {}
    for row in rows:
        line = [row]
        while line[-1]["parent"] in told and line[-1]["parent"] not in ordered:
            line.append(told[line[-1]["parent"]])
        for each in reversed(line):
            ordered.setdefault(each["code"], each)
    return list(ordered.values())


def _column(path: tuple[str, ...]) -> str | None:
    key = {"approves_probationary": "approves"}.get(path[0], path[0]) if path else ""
    return _TITLES.get(key)
