"""A whole unit that goes to one place: one list, opened and accepted as a whole (S1-18)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import Conflict, Invalid, refuse
from zhibu_transfers import actions
from zhibu_transfers.errors import NobodyOpen
from zhibu_transfers.rules.cases import Opening
from zhibu_transfers.rules.receipts import Arrival
from zhibu_transfers.rules.units import list_refusals
from zhibu_transfers.service.arrivals import faults, receive
from zhibu_transfers.service.cases import case_for, enter, judge
from zhibu_transfers.store import cases as store


async def open_unit(act: Act, members: Sequence[UUID], opening: Opening) -> UUID:
    """Open a transfer for each of these members, or for none; the first of them names the list."""
    refuse(list_refusals(members))
    # Two lists that share members take hold of them in one order, and neither waits for the other.
    judged = {id: await judge(act, replace(opening, member_id=id)) for id in sorted(members)}
    found: list[Invalid | Conflict] = []
    for place, id in enumerate(members):
        found += _at(place, judged[id].faults, found)
    refuse(found)
    first = await enter(act, judged[members[0]])
    for id in members[1:]:
        await enter(act, judged[id], first)
    return first


async def accept_unit(act: Act, batch_id: UUID, arrival: Arrival, *, on: date | None = None) -> int:
    """Accept everybody of the list who is still on the way, or nobody; how many."""
    await case_for(act, batch_id, actions.ACCEPT, at="to")
    ids = await store.in_batch(act.session, act.tenant_id, batch_id)
    coming = [await case_for(act, id, actions.ACCEPT, at="to") for id in ids]
    day = on or act.today
    found: list[Invalid | Conflict] = [] if ids else [NobodyOpen(path=("case",))]
    for place, (case, branch) in enumerate(coming):
        found += _at(place, await faults(act, case, branch.path, arrival, day), found)
    refuse(found)
    for case, branch in coming:
        await receive(act, case, branch, arrival, day)
    return len(ids)


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
