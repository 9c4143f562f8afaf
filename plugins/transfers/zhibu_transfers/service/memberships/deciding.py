"""Carrying out what was decided about a membership, and taking it up again."""

from typing import Any

from zhibu.act import Act
from zhibu.calendar import add_months
from zhibu.contributions import Procedure
from zhibu.errors import refuse
from zhibu.members import service as members
from zhibu.members.public import Change, member_of
from zhibu.members.rules import Step
from zhibu.members.service import Entered
from zhibu.procedures.public import Outcome
from zhibu_transfers.errors import AlreadyOpen, StopChanged
from zhibu_transfers.rules.matters import Matter, Membership, Standing
from zhibu_transfers.service.memberships import retaining, terms
from zhibu_transfers.service.memberships.asking import NAMES
from zhibu_transfers.store import cases as case_store
from zhibu_transfers.store import memberships as store

CHANGES = {Matter.STOP: Change.STOPPED, Matter.RESTORE: Change.RESTORED}
# What a matter says of its end, and no longer does when it is taken up again.
ENDING: tuple[str, ...] = ("effective_on", "filed_on", "review_on", "decision", "contact_by")
APPROVAL = "committee"


async def decided(act: Act, outcome: Outcome) -> None:
    """A stop holds from the committee's approval, a membership again from the last one; a
    relationship is retained from the day on which the member went."""
    matter = await _matter(act, outcome)
    values: dict[str, Any] = {"standing": Standing.NOT_GRANTED}
    if outcome.approved and matter.matter is Matter.RETAIN:
        values = await retaining.granted(act, matter, outcome)
    elif outcome.approved:
        values = await _carry_out(act, matter, outcome)
    await store.change(act.session, act.tenant_id, matter.id, values)


async def reopened(act: Act, outcome: Outcome) -> None:
    """A decision that is taken up again holds no more: as if it had never been made."""
    matter = await _matter(act, outcome)
    if matter.standing is Standing.GRANTED and matter.matter is Matter.RETAIN:
        await retaining.reopened(act, matter)
    elif matter.standing is Standing.GRANTED:
        session, tenant_id = act.session, act.tenant_id
        _, change, since = await store.last_change(session, tenant_id, matter.member_id)
        if (change, since) != (CHANGES[matter.matter], matter.effective_on):
            raise StopChanged(path=("procedure",), name=matter.name)
        await members.undo_last(
            act, matter.member_id, what=Entered.STAGE, reason=outcome.decision, asked=True
        )
    values = {"standing": Standing.ASKED, **dict.fromkeys(ENDING)}
    await store.change(act.session, act.tenant_id, matter.id, values)


PROCEDURES = tuple(
    Procedure(name=name, about="Member", decided=decided, reopened=reopened)
    for name in NAMES.values()
)


async def _carry_out(act: Act, matter: Membership, outcome: Outcome) -> dict[str, Any]:
    session, tenant_id = act.session, act.tenant_id
    member = await member_of(act, matter.member_id, seen_by=None)
    day, review = outcome.decided_on, None
    if matter.matter is Matter.STOP:
        if await case_store.is_open(session, tenant_id, member.id):
            refuse([AlreadyOpen(path=("procedure",), name=member.name)])
        approved = await store.approved_on(session, tenant_id, outcome.procedure_id, APPROVAL)
        day = approved or day
        review = add_months(day, 12 * terms.give_up_years(act, member.path))
    step = Step(
        change=CHANGES[matter.matter],
        on=day,
        decision=outcome.decision,
        decided_on=day,
    )
    await members.change_stage(act, member.id, step, asked=True)
    return {
        "standing": Standing.GRANTED,
        "effective_on": day,
        "filed_on": outcome.decided_on,
        "review_on": review,
        "decision": outcome.decision,
    }


async def _matter(act: Act, outcome: Outcome) -> Membership:
    found = await store.by_procedure(act.session, act.tenant_id, outcome.procedure_id)
    assert found is not None, "every such procedure was proposed with its matter"
    return found
