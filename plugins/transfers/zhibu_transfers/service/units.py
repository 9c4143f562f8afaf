"""A whole unit that goes to one place: one list, opened and accepted as a whole (S1-18).

However many are on it, it is the same number of statements.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import Conflict, Invalid, refuse
from zhibu.members.public import members_by_id
from zhibu_transfers import actions
from zhibu_transfers.errors import NobodyOpen
from zhibu_transfers.rules import cases as case_rules
from zhibu_transfers.rules.cases import Opening
from zhibu_transfers.rules.receipts import Arrival
from zhibu_transfers.rules.units import list_refusals
from zhibu_transfers.service.arrivals import faults, receive_all
from zhibu_transfers.service.cases import allowed, case_for
from zhibu_transfers.service.opening import enter, judge, known_of
from zhibu_transfers.service.places import Places
from zhibu_transfers.store import cases as store
from zhibu_transfers.store import letters


async def open_unit(act: Act, members: Sequence[UUID], opening: Opening) -> UUID:
    """Open a transfer for each of these members, or for none; the first of them names the list."""
    refuse(list_refusals(members))
    refuse(case_rules.side_refusals(replace(opening, member_id=members[0])))
    known = await known_of(act, members)
    judged = [await judge(act, replace(opening, member_id=id), known) for id in members]
    found: list[Invalid | Conflict] = []
    for place, each in enumerate(judged):
        found += _at(place, each.faults, found)
    refuse(found)
    return (await enter(act, judged))[0]


async def accept_unit(act: Act, batch_id: UUID, arrival: Arrival, *, on: date | None = None) -> int:
    """Accept everybody of the list who is still on the way, or nobody; how many."""
    await case_for(act, batch_id, actions.ACCEPT, at="to")
    cases = await store.in_batch(act.session, act.tenant_id, batch_id)
    places = Places(act)
    coming = [(each, await allowed(act, each, actions.ACCEPT, places, at="to")) for each in cases]
    valid = await letters.all_in_force(act.session, act.tenant_id, [each.id for each in cases])
    members = await members_by_id(act, [each.member_id for each in cases if each.member_id])
    day = on or act.today
    found: list[Invalid | Conflict] = [] if cases else [NobodyOpen(path=("case",))]
    for place, (case, branch) in enumerate(coming):
        known = members.get(case.member_id) if case.member_id else None
        wrong = faults(act, case, branch.path, arrival, day, valid.get(case.id), known)
        found += _at(place, wrong, found)
    refuse(found)
    await receive_all(act, coming, arrival, day)
    return len(cases)


def _at(
    place: int, faults: Iterable[Invalid | Conflict], said: Sequence[Invalid | Conflict]
) -> list[Invalid | Conflict]:
    """What is wrong with one of a list names its place; what is wrong with all is said once."""
    known = {(type(each), each.path) for each in said}
    found: list[Invalid | Conflict] = []
    for fault in faults:
        if fault.path in (("member",), ("case",)):
            fault.path = ("members", str(place))
        if (type(fault), fault.path) not in known:
            found.append(fault)
    return found
