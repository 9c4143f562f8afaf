"""Taking back a slip of one's own before anybody went on from it."""

from dataclasses import replace
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import Conflict, Invalid, refuse
from zhibu.identifiers import new_id
from zhibu.procedures import names, store
from zhibu.procedures.machine import State
from zhibu.procedures.rules import undoing as rules
from zhibu.procedures.rules.deciding import reason_faults
from zhibu.procedures.rules.values import Actor, Entry, Result
from zhibu.procedures.service.loading import Standing, event, standing
from zhibu.procedures.service.settling import closed, save
from zhibu.slips import public as slips
from zhibu.slips.public import Slip

_DECIDED = frozenset({names.STEP_APPROVED, names.STEP_REFUSED, names.RETURNED})
_GOES_ON = _DECIDED | {names.DOCUMENT_ADDED, names.SITTING_OPENED, names.OBJECTED}


async def undo(act: Act, id: UUID, *, reason: str, version: int | None = None) -> UUID:
    """Let the procedure stand again where the caller's last decision was made.

    Nothing is erased: the step that followed says that it was undone, and the former one begins
    again with its own last day.
    """
    found = await standing(act, id, version=version)
    last = rules.last_decision(found.entries)
    faults: list[Invalid | Conflict] = [*reason_faults(reason)]
    faults += rules.faults(
        State(found.case.state),
        last,
        account_id=act.caller.account_id,
        touched=await _touched(act, found),
    )
    refuse(faults)
    assert last is not None
    if found.entry.done_at is None:
        actor = Actor(account_id=act.caller.account_id, member_id=act.caller.member_id)
        await closed(act, found.entry, Result.UNDONE, actor, reason=reason)
    again = replace(
        _fresh(last), id=new_id(), number=found.entry.number + 1, started_on=last.started_on
    )
    await save(act, found.case, {"state": State.OPEN, "step": last.code})
    await store.add_step(act.session, act.tenant_id, again)
    step = found.definition.step(last.code)
    event(act, names.UNDONE, found.case, step=step.zh, reason=reason.strip())
    return id


async def _touched(act: Act, found: Standing) -> bool:
    """Whether somebody has gone on since: a meeting, a document, an objection.

    By the order of the ledger: a clock may have been put back in between.
    """
    slip = Slip(subject=("Procedure", found.case.id), happened=_DECIDED, among=_GOES_ON)
    made = await slips.made_of(act, slip)
    return not made or made[0].event not in _DECIDED


def _fresh(entry: Entry) -> Entry:
    return replace(
        entry,
        done_at=None,
        done_on=None,
        result=None,
        reason=None,
        superior=None,
        decided_by=None,
        decider_id=None,
        on_behalf_of=None,
        delegation_id=None,
    )
