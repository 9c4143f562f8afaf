"""Dissolving a unit, and taking that back."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.core_actions import ORGANIZATION_DISSOLVE
from zhibu.errors import refuse
from zhibu.organizations import rules, store
from zhibu.organizations.public import DISSOLVED, REOPENED
from zhibu.organizations.rules import Unit
from zhibu.organizations.service.loading import ending_faults, late_faults, parent_of, unit_for


async def dissolve(
    act: Act, id: UUID, *, on: date, reason: str, version: int | None = None
) -> Unit:
    """End a unit that has neither members nor sub-units any more; its posts end with it."""
    session, tenant_id = act.session, act.tenant_id
    await store.lock_tree(session, tenant_id)
    unit = await unit_for(act, id, ORGANIZATION_DISSOLVE, version=version)
    children = await store.living_children(session, tenant_id, id)
    people = await store.members_at(session, tenant_id, id)
    refuse(
        [
            *rules.reason_faults(reason),
            *rules.date_faults(on, act.today),
            *rules.dissolve_faults(unit, members=people, units=len(children)),
            *await late_faults(act, [unit], on),
            *await ending_faults(act, unit, on),
        ]
    )
    await store.save_unit(session, tenant_id, unit, {"ended_on": on})
    await store.end_periods(session, tenant_id, id, on)
    posts = await store.end_posts_at(session, tenant_id, id, on, "dissolved")
    act.record(
        Event(
            name=DISSOLVED,
            subject=("Organization", id),
            path=unit.path,
            facts={
                "name": unit.name,
                "on": on.isoformat(),
                "late": on < act.today,
                "reason": reason.strip(),
                "posts_ended": posts,
            },
        )
    )
    act.touch(id)
    return replace(unit, ended_on=on, version=unit.version + 1)


async def reopen(act: Act, id: UUID, *, reason: str, version: int | None = None) -> Unit:
    """Undo a dissolution as if it had never been recorded; posts that ended with it go on."""
    session, tenant_id = act.session, act.tenant_id
    await store.lock_tree(session, tenant_id)
    unit = await unit_for(act, id, ORGANIZATION_DISSOLVE, version=version)
    siblings = await store.siblings(session, tenant_id, unit.parent_id)
    last = (await store.periods_of(session, tenant_id, id))[-1]
    parent = await parent_of(act, unit)
    refuse(
        [
            *rules.reason_faults(reason),
            *rules.reopen_faults(unit, last.path, parent, siblings),
        ]
    )
    assert unit.ended_on is not None
    await store.save_unit(session, tenant_id, unit, {"ended_on": None})
    await store.reopen_periods(session, tenant_id, id, unit.ended_on)
    await store.resume_posts(session, tenant_id, id, unit.ended_on)
    act.record(
        Event(
            name=REOPENED,
            subject=("Organization", id),
            path=unit.path,
            facts={
                "name": unit.name,
                "ended_on": unit.ended_on.isoformat(),
                "reason": reason.strip(),
            },
        )
    )
    act.touch(id)
    return replace(unit, ended_on=None, version=unit.version + 1)
