"""Merging a unit into another one, and splitting new units from one (S1-18)."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.core_actions import ORGANIZATION_MERGE, ORGANIZATION_READ, ORGANIZATION_SPLIT
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import label, new_id, parent_path
from zhibu.members import public as members
from zhibu.organizations import rules, store
from zhibu.organizations.errors import MembersCameLater
from zhibu.organizations.public import MERGED, SPLIT
from zhibu.organizations.rules import Part, Unit
from zhibu.organizations.service.founding import first_period, founded
from zhibu.organizations.service.loading import ending_faults, late_faults, parent_of, unit_for
from zhibu.organizations.service.moving import moved


async def merge(
    act: Act, id: UUID, *, into_id: UUID, on: date, reason: str, version: int | None = None
) -> Unit:
    """End the unit on a day and let its members and sub-units go on in `into_id`.

    Posts of the unit end with it. Returns the unit that received them.
    """
    session, tenant_id = act.session, act.tenant_id
    await store.lock_tree(session, tenant_id)
    unit = await unit_for(act, id, ORGANIZATION_MERGE, version=version)
    into = await store.unit(session, tenant_id, into_id)
    if into is None:
        raise NotFound()
    act.require(ORGANIZATION_MERGE, into.path, seen_by=ORGANIZATION_READ)
    children = await store.living_children(session, tenant_id, id)
    people = await members.living_ids(act, id)
    refuse(
        [
            *rules.reason_faults(reason),
            *rules.date_faults(on, act.today),
            *rules.merge_faults(
                unit,
                into,
                [child.kind for child in children.values()],
                await store.members_at(session, tenant_id, id),
            ),
            *await _arrivals(act, unit, people, on),
            *await ending_faults(act, unit, on),
            *await late_faults(act, [unit, into], on),
        ]
    )
    reason = reason.strip()
    await members.carry(act, people, into, on, reason)
    await members.regroup(act, id, into_id)
    await _carry_units(act, children.values(), into, on, reason)
    posts = await store.end_posts_at(session, tenant_id, id, on, "merged")
    await store.save_unit(session, tenant_id, unit, {"ended_on": on, "successor_id": into_id})
    await store.end_periods(session, tenant_id, id, on)
    act.record(
        Event(
            name=MERGED,
            subject=("Organization", id),
            path=into.path,
            facts={
                "name": unit.name,
                "into": into.name,
                "on": on.isoformat(),
                "late": on < act.today,
                "reason": reason,
                "members": len(people),
                "units": len(children),
                "posts_ended": posts,
            },
        )
    )
    act.touch(id, into_id)
    return into


async def split(
    act: Act,
    id: UUID,
    *,
    parts: Sequence[Part],
    on: date,
    reason: str,
    version: int | None = None,
) -> list[Unit]:
    """Found units of the same kind beside this one, with the members and sub-units named.

    A member whose Party group stays behind belongs to no group at first. Returns the new units.
    """
    session, tenant_id = act.session, act.tenant_id
    number = await store.take_labels(session, tenant_id, len(parts))
    unit = await unit_for(act, id, ORGANIZATION_SPLIT, version=version)
    children = await store.living_children(session, tenant_id, id)
    people = await members.living_ids(act, id)
    leaving = [member for part in parts for member in part.members]
    refuse(
        [
            *rules.reason_faults(reason),
            *rules.date_faults(on, act.today),
            *rules.split_faults(
                unit,
                parts,
                members=people,
                units=set(children),
                codes_taken=await store.codes_taken(session, tenant_id, [p.code for p in parts]),
                siblings=await store.siblings(session, tenant_id, unit.parent_id),
            ),
            *await _arrivals(act, unit, leaving, on),
            *await late_faults(act, [unit], on),
        ]
    )
    reason = reason.strip()
    parent = await parent_of(act, unit)
    assert parent is not None  # a root is refused above
    new = [
        replace(
            unit,
            id=new_id(),
            path=f"{parent.path}{label(number + index)}.",
            code=part.code,
            name=part.name,
            short_name=part.short_name,
            founded_on=on,
            version=1,
        )
        for index, part in enumerate(parts)
    ]
    await store.insert_units(session, tenant_id, [(u, first_period(u, reason)) for u in new])
    for made, part in zip(new, parts, strict=True):
        await _carry_units(act, [children[child] for child in part.units], made, on, reason)
        await members.carry(act, part.members, made, on, reason, groups=part.units)
        act.record(founded(made, reason))
    await store.save_unit(session, tenant_id, unit, {})
    act.record(
        Event(
            name=SPLIT,
            subject=("Organization", id),
            path=unit.path,
            facts={
                "name": unit.name,
                "into": [made.name for made in new],
                "on": on.isoformat(),
                "late": on < act.today,
                "reason": reason,
                "members": len(leaving),
            },
        )
    )
    act.touch(id, *(made.id for made in new))
    return new


async def _arrivals(
    act: Act, unit: Unit, people: Collection[UUID], on: date
) -> list[MembersCameLater]:
    count = await members.came_after(act, unit.id, people, on)
    return [MembersCameLater(path=("on",), count=count, on=on)] if count else []


async def _carry_units(
    act: Act, units: Collection[Unit], into: Unit, on: date, reason: str
) -> None:
    for child in units:
        new = into.path + child.path[len(parent_path(child.path)) :]
        await store.save_unit(act.session, act.tenant_id, child, {"parent_id": into.id})
        await store.repath(
            act.session, act.tenant_id, [child.id], child.path, new, into.id, on, reason
        )
        act.record(moved(act, child, new, into, on, reason))
        act.touch(child.id)
