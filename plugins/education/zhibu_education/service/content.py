"""Publishing control (S0-38): what breaches discipline or law is taken out of everybody's sight.

Titles, notes and evidence are read by others as soon as they are entered. Whoever answers for a
unit, or for discipline, withdraws them with a reason: nobody reads, prints or exports them any
more, the record and its hours stay, and the ledger says who did it and why. Whoever withdrew them
shows them again; anybody else needs a right of his own to. Hours that were never studied are
voided instead.
"""

from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.core_actions import MEMBER_READ, ORGANIZATION_READ
from zhibu.errors import NotFound, refuse
from zhibu.slips.public import Slip, made_of
from zhibu_education import actions
from zhibu_education.public import (
    CONTENT_RESTORED,
    CONTENT_WITHDRAWN,
    CREDIT_CLAIMED,
    CREDIT_CORRECTED,
    CREDIT_RECORDED,
    PLAN_MADE,
    SESSION_HELD,
    SESSION_PLANNED,
)
from zhibu_education.rules import content as rules
from zhibu_education.service.rows import event
from zhibu_education.store import content as store

KINDS = tuple(store.KINDS)
ENTERED = (
    *(CREDIT_CLAIMED, CREDIT_RECORDED, CREDIT_CORRECTED),
    *(PLAN_MADE, SESSION_PLANNED, SESSION_HELD),
)


async def withdraw(act: Act, kind: str, id: UUID, reason: str) -> None:
    """Take the words of a session, plan or credit out of sight."""
    found = await _place(act, kind, id)
    _require(act, actions.WITHDRAW, found)
    refuse(rules.withdrawal_refusals(rules.Withdrawal(on=found.withdrawn_on), reason))
    await store.withdraw(act.session, act.tenant_id, kind, id, act.today, reason.strip())
    _say(act, CONTENT_WITHDRAWN, (kind, id), found, reason)


async def restore(act: Act, kind: str, id: UUID, reason: str) -> None:
    """Show words again: by whoever withdrew them, or may show what others withdrew."""
    found = await _place(act, kind, id)
    made = await made_of(
        act,
        Slip(
            subject=(kind, id),
            happened=(CONTENT_WITHDRAWN,),
            among=(*ENTERED, CONTENT_WITHDRAWN),
        ),
    )
    last = next((each for each in made if each.event == CONTENT_WITHDRAWN), None)
    own = [each for each in made if each.account_id == act.caller.account_id is not None]
    withdrawal = rules.Withdrawal(
        on=found.withdrawn_on,
        session_on=found.session_on,
        by_self=last in own,
        entered_by_self=any(each.event in ENTERED for each in own),
    )
    others = withdrawal.on is not None and not withdrawal.by_self
    _require(act, actions.RESTORE if others else actions.WITHDRAW, found)
    refuse(rules.showing_refusals(withdrawal, reason))
    await store.show(act.session, act.tenant_id, kind, id, found.withdrawn_reason)
    _say(act, CONTENT_RESTORED, (kind, id), found, reason)


async def _place(act: Act, kind: str, id: UUID) -> Any:
    found = await store.place(act.session, act.tenant_id, kind, id)
    if found is None:
        raise NotFound()
    return found


def _require(act: Act, action: Action, found: Any) -> None:
    seen_by = ORGANIZATION_READ if found.member_id is None else MEMBER_READ
    act.require(action, found.path, found.member_id, seen_by=seen_by)


def _say(act: Act, happened: str, about: tuple[str, UUID], found: Any, reason: str) -> None:
    act.record(event(happened, about, found.path, found.member_id, reason=reason.strip()))
