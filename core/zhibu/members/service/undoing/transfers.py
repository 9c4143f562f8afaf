"""Taking back a transfer."""

from zhibu.core_actions import MEMBER_TRANSFER
from zhibu.errors import refuse
from zhibu.members import rules, store
from zhibu.members.public import TRANSFERRED
from zhibu.members.rules import Person
from zhibu.members.service.loading import home
from zhibu.members.service.undoing.taking import Undo


async def undo_transfer(undo: Undo) -> Person:
    act, id = undo.act, undo.id
    person = await undo.held()
    joined = await store.affiliations_of(act.session, act.tenant_id, id)
    last = joined[-1] if joined else None
    on, to = (last.since.isoformat(), last.organization_id.hex) if last else (None, None)
    slip = undo.slip(TRANSFERRED, on=on, to=to)
    await undo.ask(person, MEMBER_TRANSFER, slip)
    history = rules.unaffiliated(joined)
    branch = await undo.branch(history[-1].organization_id, MEMBER_TRANSFER, slip)
    refuse(rules.home_faults(home(branch)))
    await store.save_affiliations(act.session, act.tenant_id, joined, history)
    values = {"organization_id": branch.id, "path": branch.path, "group_id": None}
    facts = {
        "from": joined[-1].organization_id.hex,
        "to": branch.id.hex,
        "on": joined[-1].since.isoformat(),
    }
    return await undo.saved(person, values, facts)
