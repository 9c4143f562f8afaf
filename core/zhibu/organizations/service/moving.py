"""Putting a unit, with everything below it, under another one."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.core_actions import ORGANIZATION_MOVE, ORGANIZATION_READ
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import parent_path
from zhibu.organizations import rules, store
from zhibu.organizations.public import MOVED
from zhibu.organizations.rules import Unit
from zhibu.organizations.service.loading import late_faults, unit_for


async def move(
    act: Act, id: UUID, *, parent_id: UUID, on: date, reason: str, version: int | None = None
) -> Unit:
    """Put the unit under `parent_id` from a day; the right to move is needed at both places."""
    session, tenant_id = act.session, act.tenant_id
    await store.lock_tree(session, tenant_id)
    unit = await unit_for(act, id, ORGANIZATION_MOVE, version=version)
    parent = await store.unit(session, tenant_id, parent_id)
    if parent is None:
        raise NotFound()
    act.require(ORGANIZATION_MOVE, parent.path, seen_by=ORGANIZATION_READ)
    siblings = await store.siblings(session, tenant_id, parent_id, but=id)
    people = await store.members_at(session, tenant_id, id)
    refuse(
        [
            *rules.reason_faults(reason),
            *rules.date_faults(on, act.today),
            *rules.move_faults(unit, parent, siblings, people),
            *await late_faults(act, [unit, parent], on),
        ]
    )
    reason = reason.strip()
    if parent_id == unit.parent_id:
        return unit
    new = parent.path + unit.path[len(parent_path(unit.path)) :]
    await store.save_unit(session, tenant_id, unit, {"parent_id": parent_id})
    await store.repath(session, tenant_id, [id], unit.path, new, parent_id, on, reason)
    act.record(moved(act, unit, new, parent, on, reason))
    act.touch(id)
    return replace(unit, parent_id=parent_id, path=new, version=unit.version + 1)


def moved(act: Act, unit: Unit, new: str, parent: Unit, on: date, reason: str) -> Event:
    """The event of a whole subtree: plugins that keep paths follow `from_path` and `to_path`."""
    return Event(
        name=MOVED,
        subject=("Organization", unit.id),
        path=new,
        facts={
            "name": unit.name,
            "from_path": unit.path,
            "to_path": new,
            "parent": parent.name,
            "on": on.isoformat(),
            "late": on < act.today,
            "reason": reason,
        },
    )
