"""Founding an organization and changing what it is called."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.core_actions import ORGANIZATION_CREATE, ORGANIZATION_READ, ORGANIZATION_RENAME
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import label, new_id
from zhibu.organizations import rules, store
from zhibu.organizations.public import FOUNDED, RENAMED
from zhibu.organizations.rules import BEFORE_RECORDS, Kind, Period, Unit
from zhibu.organizations.service.loading import parent_of, unit_for
from zhibu.policy.paths import ROOT


async def create(
    act: Act,
    *,
    parent_id: UUID | None,
    code: str,
    name: str,
    kind: Kind,
    short_name: str | None = None,
    approves_probationary: bool = False,
    founded_on: date | None = None,
    reason: str | None = None,
) -> Unit:
    """Found a unit below another one; without a parent, the institution's one root."""
    session, tenant_id = act.session, act.tenant_id
    number = await store.take_labels(session, tenant_id, 1)
    parent = None
    if parent_id is not None:
        parent = await store.unit(session, tenant_id, parent_id)
        if parent is None:
            raise NotFound()
    act.require(ORGANIZATION_CREATE, parent.path if parent else ROOT, seen_by=ORGANIZATION_READ)
    siblings = await store.siblings(session, tenant_id, parent_id)
    taken = await store.codes_taken(session, tenant_id, [code])
    refuse(
        [
            *rules.root_faults(parent, siblings),
            *rules.date_faults(founded_on or BEFORE_RECORDS, act.today, "founded_on"),
            *rules.found_faults(
                code=code,
                name=name,
                kind=kind,
                approves=approves_probationary,
                parent=parent,
                siblings=siblings,
                code_taken=bool(taken),
                founded_on=founded_on,
            ),
        ]
    )
    unit = Unit(
        id=new_id(),
        parent_id=parent_id,
        path=f"{parent.path if parent else ''}{label(number)}.",
        code=code,
        name=name,
        short_name=short_name,
        kind=kind,
        approves_probationary=approves_probationary,
        founded_on=founded_on,
        ended_on=None,
        successor_id=None,
        version=1,
    )
    await store.insert_units(session, tenant_id, [(unit, first_period(unit, reason))])
    act.record(founded(unit, reason))
    act.touch(unit.id)
    return unit


async def rename(
    act: Act,
    id: UUID,
    *,
    on: date,
    reason: str,
    name: str | None = None,
    short_name: str | None = None,
    kind: Kind | None = None,
    approves_probationary: bool | None = None,
    version: int | None = None,
) -> Unit:
    """Change name, short name, kind or the right to approve, from a day; None leaves as it is.

    Entered late, a name holds until the next one that is already recorded.
    """
    session, tenant_id = act.session, act.tenant_id
    await store.lock_tree(session, tenant_id)
    unit = await unit_for(act, id, ORGANIZATION_RENAME, version=version)
    approves = (
        unit.approves_probationary if approves_probationary is None else approves_probationary
    )
    wanted_name, wanted_kind = name or unit.name, kind or unit.kind
    children = await store.living_children(session, tenant_id, id)
    periods = await store.periods_of(session, tenant_id, id)
    refuse(
        [
            *rules.reason_faults(reason),
            *rules.date_faults(on, act.today),
            *rules.founding_faults(on, periods[0].since),
            *rules.rename_faults(
                unit,
                name=unit.name if name is None else name,
                kind=wanted_kind,
                approves=approves,
                parent=await parent_of(act, unit),
                siblings=await store.siblings(session, tenant_id, unit.parent_id, but=id),
                children=[child.kind for child in children.values()],
                members=await store.members_at(session, tenant_id, id),
            ),
        ]
    )
    reason = reason.strip()
    history = rules.altered(
        periods, on, change="renamed", reason=reason, name=wanted_name, kind=wanted_kind
    )
    after = replace(
        unit,
        name=history[-1].name,
        kind=history[-1].kind,
        short_name=unit.short_name if short_name is None else short_name,
        approves_probationary=approves,
    )
    await store.save_periods(session, tenant_id, periods, history)
    values = {f: getattr(after, f) for f in ("name", "kind", "short_name", "approves_probationary")}
    await store.save_unit(session, tenant_id, unit, values)
    act.record(
        Event(
            name=RENAMED,
            subject=("Organization", id),
            path=unit.path,
            facts={
                "on": on.isoformat(),
                "late": on < act.today,
                "reason": reason,
                "before": {f: getattr(unit, f) for f in values if getattr(unit, f) != values[f]},
                "after": {f: values[f] for f in values if getattr(unit, f) != values[f]},
                "name": wanted_name,
            },
        )
    )
    act.touch(id)
    return replace(after, version=unit.version + 1)


def first_period(unit: Unit, reason: str | None, *, since: date | None = None) -> Period:
    """The period a unit begins with."""
    return Period(
        id=new_id(),
        organization_id=unit.id,
        since=since or unit.founded_on or BEFORE_RECORDS,
        until=None,
        name=unit.name,
        kind=unit.kind,
        parent_id=unit.parent_id,
        path=unit.path,
        change="founded",
        reason=reason,
    )


def founded(unit: Unit, reason: str | None) -> Event:
    return Event(
        name=FOUNDED,
        subject=("Organization", unit.id),
        path=unit.path,
        facts={
            "code": unit.code,
            "name": unit.name,
            "kind": unit.kind,
            "on": unit.founded_on.isoformat() if unit.founded_on else None,
            "reason": reason,
        },
    )
