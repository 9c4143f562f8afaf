"""Moving a member to another branch of the same institution."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.actions import Action
from zhibu.core_actions import MEMBER_TRANSFER
from zhibu.errors import refuse
from zhibu.members import rules, store
from zhibu.members.errors import SecondFormalBranch
from zhibu.members.public import TRANSFERRED
from zhibu.members.rules import Person
from zhibu.members.service.loading import branch_for, group_of, home, person_for
from zhibu.organizations.public import end_posts_outside


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
    act.record(
        Event(
            name=TRANSFERRED,
            subject=("Member", id),
            path=branch.path,
            member_id=id,
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
    act.touch(person.organization_id, branch.id)
    return after
