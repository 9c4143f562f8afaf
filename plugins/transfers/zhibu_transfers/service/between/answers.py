"""The sender's side: what it does with the answer of the institution that was offered somebody."""

from datetime import date, timedelta
from typing import Any

from zhibu.act import Act
from zhibu.errors import NotFound, Refused
from zhibu.exchange.public import Told
from zhibu.members.public import MemberFacts, Stage, member_of
from zhibu.organizations.public import organization_of
from zhibu_transfers.errors import AnswerWaits
from zhibu_transfers.public import ACCEPTED, REFUSED, UNDELIVERED
from zhibu_transfers.rules.cases import TOLD, Case, State
from zhibu_transfers.rules.letters import LetterState, VoidCause
from zhibu_transfers.service.cases import settle_by
from zhibu_transfers.service.events import said
from zhibu_transfers.service.receipts import leave
from zhibu_transfers.service.withdrawing import take_back
from zhibu_transfers.store import between as store
from zhibu_transfers.store import cases as case_store
from zhibu_transfers.store import letters as letter_store


async def accepted(act: Act, told: Told) -> None:
    """The member belongs over there; here he leaves on that day, and the answer is the receipt.

    Whatever became of him here meanwhile, he was accepted: what the other side decided is done.
    """
    case, path = await _case(act, told)
    if case.state not in TOLD:
        return
    assert case.member_id is not None
    on, branch = date.fromisoformat(told.body["on"]), told.body["branch"]
    where = f"{told.counterpart_name}{branch}"
    member = await member_of(act, case.member_id, seen_by=None)
    await _letter(act, case, told.body["number"])
    if member.stage is not Stage.LEFT:
        await _leave(act, case, member, on, f"组织关系介绍信回执（{where}）")
    values: dict[str, Any] = {
        "state": State.CLOSED,
        "accepted_on": on,
        "receipt_on": on,
        "signer": told.body["committee"],
        "peer_name": told.counterpart_name,
        "peer_branch": branch,
    }
    await case_store.change(act.session, act.tenant_id, case.id, values)
    said(act, ACCEPTED, case, path, where=where, on=on)


async def refused(act: Act, told: Told) -> None:
    """The letter may be issued anew, or the transfer withdrawn; they may still accept."""
    case, path = await _case(act, told)
    if case.state not in TOLD:
        return
    values: dict[str, Any] = {
        "refused_on": date.fromisoformat(told.body["on"]),
        "settle_by": settle_by(act, path),
        "cause": told.body["cause"],
        "refusal": told.body["reason"],
        "peer_name": told.counterpart_name,
    }
    if case.state is State.ISSUED:
        values["state"] = State.REFUSED
    await case_store.change(act.session, act.tenant_id, case.id, values)
    escalated = told.body["escalated"]
    said(act, REFUSED, case, path, reason=told.body["reason"], escalated=escalated)


async def released(act: Act, told: Told) -> None:
    """Nobody over there accepted, and nobody will."""
    case, path = await _case(act, told)
    if case.state is State.WITHDRAWING:
        await take_back(act, case, path, told.body["reason"])


async def undeliverable(act: Act, told: Told) -> None:
    """Nobody over there knows of it: what was to be taken back is, what was offered says so."""
    case = await store.about(act.session, act.tenant_id, told.counterpart, told.about)
    if case is None or case.state not in TOLD:
        return
    path = await _path(act, case)
    if case.state is State.WITHDRAWING:
        await take_back(act, case, path, told.body.get("reason") or "未能送达对方单位")
        return
    values: dict[str, Any] = {"state": State.UNDELIVERED, "undelivered_on": act.today}
    await case_store.change(act.session, act.tenant_id, case.id, values)
    said(act, UNDELIVERED, case, path)


async def _case(act: Act, told: Told) -> tuple[Case, str]:
    """The transfer that they answer, and where it is kept. Raises `NotFound` for anybody else's."""
    case = await store.about(act.session, act.tenant_id, told.counterpart, told.about)
    if case is None or case.from_id is None:
        raise NotFound()
    return case, await _path(act, case)


async def _path(act: Act, case: Case) -> str:
    assert case.from_id is not None
    return (await organization_of(act, case.from_id, seen_by=None)).path


async def _letter(act: Act, case: Case, number: str) -> None:
    """They accepted by a letter: another one that was issued meanwhile was never used."""
    letter = await letter_store.in_force(act.session, act.tenant_id, case.id)
    if letter is not None and letter.number != number:
        void = {
            "state": LetterState.VOID,
            "ended_on": act.today,
            "cause": VoidCause.RETURNED,
            "void_reason": f"对方已凭原介绍信 {number} 接收",
        }
        await letter_store.end(act.session, act.tenant_id, case.id, void)


async def _leave(act: Act, case: Case, member: MemberFacts, on: date, decision: str) -> None:
    """Whose record began anew on that very day leaves a day later. Raises `AnswerWaits`."""
    begun = [day for day in (member.joined_on, member.full_on) if day is not None]
    day = max([on, *(each + timedelta(days=1) for each in begun)])
    if day > act.today:
        raise AnswerWaits()
    try:
        await leave(act, case, day, decision, on)
    except Refused:
        raise AnswerWaits() from None
