"""Taking back the last entry about a member: slips happen, and the ledger keeps both."""

from dataclasses import replace
from enum import StrEnum
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.core_actions import MEMBER_DEPART, MEMBER_STAGE, MEMBER_TRANSFER
from zhibu.errors import refuse
from zhibu.members import rules, store
from zhibu.members.errors import UndoReasonMissing
from zhibu.members.public import UNDONE
from zhibu.members.rules import Change, Person, Stage
from zhibu.members.service.loading import branch_for, home, person_for


class Entered(StrEnum):
    """Which history the slip is in."""

    STAGE = "stage"
    AFFILIATION = "affiliation"


async def undo_last(
    act: Act, id: UUID, *, what: Entered, reason: str, version: int | None = None
) -> Person:
    """Take back the last change of stage, or the last transfer, with a reason.

    Posts that ended with it stay ended: whether somebody holds a post again is decided anew.
    """
    if not reason.strip():
        raise UndoReasonMissing(path=("reason",))
    if what is Entered.STAGE:
        return await _undo_stage(act, id, reason, version)
    return await _undo_transfer(act, id, reason, version)


async def _undo_stage(act: Act, id: UUID, reason: str, version: int | None) -> Person:
    session, tenant_id = act.session, act.tenant_id
    person = await person_for(act, id, MEMBER_STAGE, version=version)
    periods = await store.stages_of(session, tenant_id, id)
    undone = periods[-1]
    if undone.change is Change.LEFT:
        act.require(MEMBER_DEPART, person.path, id)
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
        branch = await branch_for(act, person.organization_id, MEMBER_STAGE)
        refuse(rules.home_faults(home(branch)))
        homes = rules.undeparted(joined, undone.since)
    elif last.stage is Stage.LEFT:
        homes = rules.unreturned(joined, undone.since)
        if homes[-1].organization_id != person.organization_id:
            branch = await branch_for(act, homes[-1].organization_id, MEMBER_STAGE)
            values |= {"organization_id": branch.id, "path": branch.path, "group_id": None}
    await store.save_affiliations(session, tenant_id, joined, homes)
    await store.save_stages(session, tenant_id, periods, history)
    facts = {"change": undone.change, "on": undone.since.isoformat(), "decision": undone.decision}
    return await _saved(act, person, values, Entered.STAGE, facts, reason)


async def _undo_transfer(act: Act, id: UUID, reason: str, version: int | None) -> Person:
    session, tenant_id = act.session, act.tenant_id
    person = await person_for(act, id, MEMBER_TRANSFER, version=version)
    joined = await store.affiliations_of(session, tenant_id, id)
    homes = rules.unaffiliated(joined)
    branch = await branch_for(act, homes[-1].organization_id, MEMBER_TRANSFER)
    refuse(rules.home_faults(home(branch)))
    await store.save_affiliations(session, tenant_id, joined, homes)
    values = {"organization_id": branch.id, "path": branch.path, "group_id": None}
    facts = {
        "from": joined[-1].organization_id.hex,
        "to": branch.id.hex,
        "on": joined[-1].since.isoformat(),
    }
    return await _saved(act, person, values, Entered.AFFILIATION, facts, reason)


async def _saved(
    act: Act,
    person: Person,
    values: dict[str, Any],
    what: Entered,
    facts: dict[str, Any],
    reason: str,
) -> Person:
    await store.save_person(act.session, act.tenant_id, person, values)
    after = replace(person, **values, version=person.version + 1)
    act.record(
        Event(
            name=UNDONE,
            subject=("Member", person.id),
            path=after.path,
            member_id=person.id,
            facts={"name": person.name, "what": what, **facts, "reason": reason},
        )
    )
    act.touch(person.organization_id, after.organization_id)
    return after
