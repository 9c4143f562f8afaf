"""Moving members to another branch of the same institution."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.actions import Action
from zhibu.core_actions import MEMBER_TRANSFER
from zhibu.errors import Conflict, Invalid, refuse
from zhibu.members import rules, store
from zhibu.members.errors import SecondFormalBranch
from zhibu.members.public import TRANSFERRED
from zhibu.members.rules import Person
from zhibu.members.service.loading import branch_for, group_of, home, person_for
from zhibu.organizations.public import Unit, end_posts_outside


async def transfer(
    act: Act,
    id: UUID,
    *,
    organization_id: UUID,
    on: date,
    reason: str,
    group_id: UUID | None = None,
    from_id: UUID | None = None,
    version: int | None = None,
    action: Action | None = MEMBER_TRANSFER,
) -> Person:
    """Give the member another formal branch from a day; the old affiliation ends that day.

    `from_id` is the branch the caller believes the member to be in: if it is another one,
    somebody was faster, and a second formal branch is refused. Posts that lie outside the new
    branch's line end. A plugin that has asked for an action of its own gives `action=None`.
    """
    session, tenant_id = act.session, act.tenant_id
    branch = await branch_for(act, organization_id, action)
    person = await person_for(act, id, action, version=version)
    group = await group_of(act, group_id)
    joined = await store.affiliations_of(session, tenant_id, id)
    current = next((a for a in joined if a.until is None), None)
    elsewhere = from_id is not None and from_id != person.organization_id
    refuse(
        [
            *([SecondFormalBranch(path=("member",))] if elsewhere else []),
            *rules.transfer_faults(person, current, home(branch), on=on, today=act.today),
            *rules.group_faults(group, branch.id),
            *rules.reason_faults(reason),
        ]
    )
    after = replace(
        person,
        organization_id=branch.id,
        path=branch.path,
        group_id=group_id,
        version=person.version + 1,
    )
    history = rules.affiliated(joined, id, branch.id, on, reason)
    await store.save_person(
        session,
        tenant_id,
        person,
        {"organization_id": branch.id, "path": branch.path, "group_id": group_id},
    )
    await store.save_affiliations(session, tenant_id, joined, history)
    posts = await end_posts_outside(act, {id: (branch.path, group_id)}, on, "transferred")
    _say(act, person, branch, on, reason, posts[id])
    act.touch(person.organization_id, branch.id)
    return after


async def transfer_together(
    act: Act, members: Mapping[UUID, UUID | None], *, organization_id: UUID, on: date, reason: str
) -> None:
    """Give all these members one other branch from a day, as `transfer` does, or none of them.

    Each by the branch that the caller believes him to be in; the caller was asked for what he does.
    However many they are, it takes the same number of statements.
    """
    session, tenant_id = act.session, act.tenant_id
    branch = await branch_for(act, organization_id, None)
    await store.hold_people(session, tenant_id, members)
    known = await store.people(session, tenant_id, members)
    found: list[Invalid | Conflict] = [*rules.reason_faults(reason)]
    for id, from_id in members.items():
        person, joined_on = known[id]
        if from_id is not None and from_id != person.organization_id:
            found.append(SecondFormalBranch(path=("member",)))
        current = rules.present_affiliation(person, joined_on)
        found += rules.transfer_faults(person, current, home(branch), on=on, today=act.today)
    refuse(found)
    await store.carry_members(
        session, tenant_id, list(members), branch.id, branch.path, on, reason, ()
    )
    gone = dict.fromkeys(members, (branch.path, None))
    posts = await end_posts_outside(act, gone, on, "transferred")
    for id in members:
        person, _ = known[id]
        _say(act, person, branch, on, reason, posts[id])
        act.touch(person.organization_id, branch.id)


def _say(act: Act, person: Person, branch: Unit, on: date, reason: str, posts: int) -> None:
    act.record(
        Event(
            name=TRANSFERRED,
            subject=("Member", person.id),
            path=branch.path,
            member_id=person.id,
            facts={
                "name": person.name,
                "from": person.organization_id.hex,
                "from_path": person.path,
                "to": branch.id.hex,
                "to_name": branch.name,
                "on": on.isoformat(),
                "late": on < act.today,
                "reason": reason,
                "posts_ended": posts,
            },
        )
    )
