"""Taking back a change of stage."""

from typing import Any

from zhibu.core_actions import MEMBER_DEPART, MEMBER_STAGE
from zhibu.errors import refuse
from zhibu.members import rules, store
from zhibu.members.rules import Change, Person, Stage
from zhibu.members.service.loading import home
from zhibu.members.service.staging import EVENTS
from zhibu.members.service.undoing.taking import Undo


async def undo_stage(undo: Undo) -> Person:
    act, id = undo.act, undo.id
    session, tenant_id = act.session, act.tenant_id
    person = await undo.held()
    periods = await store.stages_of(session, tenant_id, id)
    undone = periods[-1]
    happened = [EVENTS[undone.change]] if undone.change in EVENTS else []
    slip = undo.slip(*happened, on=undone.since.isoformat())
    await undo.ask(person, MEMBER_STAGE, slip)
    if undone.change is Change.LEFT:
        await undo.ask(person, MEMBER_DEPART, slip)
    history = rules.unstepped(periods)
    last = history[-1]
    values: dict[str, Any] = {
        "stage": last.stage,
        "departure": last.departure,
        "left_on": last.since if last.stage is Stage.LEFT else None,
    }
    if undone.change is Change.MADE_FULL:
        values["full_on"] = None
    joined = await store.affiliations_of(session, tenant_id, id)
    homes = joined
    if undone.stage is Stage.LEFT:
        branch = await undo.branch(person.organization_id, MEMBER_STAGE, slip)
        refuse(rules.home_faults(home(branch)))
        homes = rules.undeparted(joined, undone.since)
    elif last.stage is Stage.LEFT:
        homes = rules.unreturned(joined, undone.since)
        if homes[-1].organization_id != person.organization_id:
            branch = await undo.branch(homes[-1].organization_id, MEMBER_STAGE, slip)
            values |= {"organization_id": branch.id, "path": branch.path, "group_id": None}
    await store.save_affiliations(session, tenant_id, joined, homes)
    await store.save_stages(session, tenant_id, periods, history)
    facts = {"change": undone.change, "on": undone.since.isoformat(), "decision": undone.decision}
    return await undo.saved(person, values, facts)
