"""Founding the organizations of a workbook, and renaming those that it calls otherwise."""

from collections.abc import Sequence

from zhibu.act import Act
from zhibu.core_actions import ORGANIZATION_CREATE
from zhibu.forms.rows import Row, Written
from zhibu.identifiers import label, new_id
from zhibu.organizations import store
from zhibu.organizations.rules import Unit
from zhibu.organizations.service.founding import first_period, founded, rename
from zhibu.organizations.sheets.units.known import known_units
from zhibu.policy.paths import ROOT


async def write(act: Act, rows: Sequence[Row]) -> Written:
    """Found what is new, parents first, in a few statements; rename what is called otherwise."""
    session, tenant_id = act.session, act.tenant_id
    known = await known_units(act, rows)
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


def _changed(row: Row, unit: Unit) -> bool:
    return (
        (row["name"], row["kind"]) != (unit.name, unit.kind)
        or row["short_name"] not in {None, unit.short_name}
        or ("approves" in row and row["approves"] != unit.approves_probationary)
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
