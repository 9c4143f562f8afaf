"""Taking a transfer back before it was accepted."""

from uuid import UUID

from zhibu.act import Act
from zhibu.errors import refuse
from zhibu_transfers import actions
from zhibu_transfers.public import WITHDRAWN
from zhibu_transfers.rules import cases as rules
from zhibu_transfers.rules.cases import TOLD, Case, Kind, State, Step
from zhibu_transfers.rules.letters import LetterState, VoidCause
from zhibu_transfers.service.between.sending import recall
from zhibu_transfers.service.cases import case_for, stale
from zhibu_transfers.service.events import said
from zhibu_transfers.store import cases as store
from zhibu_transfers.store import letters as letter_store


async def withdraw(act: Act, id: UUID, *, reason: str, version: int | None = None) -> None:
    """Take back a transfer that nobody accepted; its letter is void, and keeps its number.

    Another institution that was told of it is asked first.
    """
    case, home = await case_for(act, id, actions.OPEN)
    refuse(
        [
            *rules.step_refusals(case, Step.WITHDRAW),
            *rules.reason_refusals(reason),
            *stale(case, version),
        ]
    )
    await give_up(act, case, home.path, reason.strip())


async def give_up(act: Act, case: Case, path: str, why: str) -> None:
    """Withdraw it, or ask the institution that was told of it."""
    if case.kind is Kind.BETWEEN and case.state in TOLD:
        await recall(act, case, path, why)
    else:
        await take_back(act, case, path, why)


async def take_back(act: Act, case: Case, path: str, why: str) -> None:
    """It is withdrawn."""
    void = {
        "state": LetterState.VOID,
        "ended_on": act.today,
        "cause": VoidCause.WITHDRAWN,
        "void_reason": why,
    }
    await letter_store.end(act.session, act.tenant_id, case.id, void)
    values = {
        "state": State.WITHDRAWN,
        "withdrawn_on": act.today,
        "withdraw_reason": why,
        "person_sealed": None,
    }
    await store.change(act.session, act.tenant_id, case.id, values)
    said(act, WITHDRAWN, case, path, reason=why)
