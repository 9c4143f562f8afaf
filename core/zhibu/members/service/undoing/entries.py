"""Taking back the entry into the register: somebody who never was a member here.

Nobody is deleted: the person stays readable as entered by mistake, belongs to no branch on any
day, and may be registered anew under the same identity number.
"""

from zhibu.core_actions import MEMBER_DEPART
from zhibu.errors import refuse
from zhibu.members import rules, sealing, store
from zhibu.members.public import ADMITTED, REGISTERED
from zhibu.members.rules import Person
from zhibu.members.service.undoing.taking import WHAT, Undo
from zhibu.organizations.public import end_posts_outside
from zhibu.slips import public as slips


async def undo_entry(undo: Undo) -> Person:
    act, id = undo.act, undo.id
    session, tenant_id = act.session, act.tenant_id
    person = await undo.held()
    slip = undo.slip(ADMITTED, REGISTERED)
    await undo.ask(person, MEMBER_DEPART, slip)
    # A departure ends a membership that lasted; this says that there was none. So it is bound to
    # the last entry and to few days for everybody.
    made = await slips.made_of(act, slip)
    refuse(slips.slip_faults(act, slip, made, person.path, argument=WHAT))
    periods = await store.stages_of(session, tenant_id, id)
    history = rules.unbegun(periods)
    joined = await store.affiliations_of(session, tenant_id, id)
    await store.save_affiliations(session, tenant_id, joined, [])
    await store.save_stages(session, tenant_id, periods, history)
    ended = await end_posts_outside(act, {id: None}, act.today, "entered by mistake")
    values = {
        "stage": history[0].stage,
        "departure": history[0].departure,
        "left_on": person.admitted_on,
    }
    facts = {"admitted_on": person.admitted_on.isoformat(), "posts_ended": ended[id]}
    return await undo.saved(person, values, facts, {"identity_index": sealing.nobody()})
