"""Changing the stage of a membership, always by a decision."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.core_actions import MEMBER_DEPART, MEMBER_STAGE
from zhibu.errors import refuse
from zhibu.members import limits, rules, store
from zhibu.members.public import LEFT, MADE_FULL, PROBATION_EXTENDED, RESTORED, STOPPED
from zhibu.members.rules import Affiliation, Change, Person, Stage, Step
from zhibu.members.service.loading import branch_for, home, person_for
from zhibu.organizations.public import end_posts_outside

EVENTS = {
    Change.MADE_FULL: MADE_FULL,
    Change.EXTENDED: PROBATION_EXTENDED,
    Change.STOPPED: STOPPED,
    Change.RESTORED: RESTORED,
    Change.LEFT: LEFT,
}


async def change_stage(
    act: Act,
    id: UUID,
    step: Step,
    *,
    organization_id: UUID | None = None,
    version: int | None = None,
    asked: bool = False,
) -> Person:
    """Take one step. Who is restored after having left needs a branch: the last one, or another.

    Leaving ends the affiliation and every post that day; the member stays in the register.
    `asked`: a plugin has asked the policy already, for an action of its own.
    """
    session, tenant_id = act.session, act.tenant_id
    action = None if asked else MEMBER_DEPART if step.change is Change.LEFT else MEMBER_STAGE
    person = await person_for(act, id, action, version=version)
    periods = await store.stages_of(session, tenant_id, id)
    probation = limits.probation(act, person.path, person.admitted_on)
    found = rules.step_faults(periods, step, today=act.today, probation=probation)
    returning = step.change is Change.RESTORED and person.stage is Stage.LEFT
    joined: list[Affiliation] = []
    if returning or step.change is Change.LEFT:
        joined = await store.affiliations_of(session, tenant_id, id)
    if step.change is Change.LEFT and step.on > periods[-1].since:  # or that was said already
        current = next((each for each in joined if each.until is None), None)
        found += rules.ending_faults(current, step.on)
    branch = None
    if returning:
        branch = await branch_for(act, organization_id or person.organization_id, action)
        found += rules.home_faults(home(branch))
        found += rules.founding_faults(home(branch), step.on)
    refuse(found)
    history = rules.stepped(periods, step)
    values: dict[str, Any] = {
        "stage": history[-1].stage,
        "departure": history[-1].departure,
        "left_on": step.on if step.change is Change.LEFT else None,
    }
    if step.change is Change.MADE_FULL:
        values["full_on"] = step.on
    posts = 0
    if step.change is Change.LEFT:
        await store.save_affiliations(session, tenant_id, joined, rules.closed(joined, step.on))
        posts = (await end_posts_outside(act, {id: None}, step.on, "left"))[id]
    if branch is not None:
        history_of_homes = rules.affiliated(joined, id, branch.id, step.on, step.decision)
        await store.save_affiliations(session, tenant_id, joined, history_of_homes)
        if branch.id != person.organization_id:
            values |= {"organization_id": branch.id, "path": branch.path, "group_id": None}
    await store.save_stages(session, tenant_id, periods, history)
    await store.save_person(session, tenant_id, person, values)
    after = replace(person, **values, version=person.version + 1)
    act.record(
        Event(
            name=EVENTS[step.change],
            subject=("Member", id),
            path=after.path,
            member_id=id,
            facts={
                "name": person.name,
                "from": person.stage,
                "to": after.stage,
                "on": step.on.isoformat(),
                "late": step.on < act.today,
                "decision": step.decision,
                "decided_on": step.decided_on.isoformat(),
                "departure": after.departure,
                "ends_on": history[-1].ends_on.isoformat() if history[-1].ends_on else None,
                "posts_ended": posts,
            },
        )
    )
    act.touch(person.organization_id, after.organization_id)
    return after
