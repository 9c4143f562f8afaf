"""What transfers do when the register changes: nobody is on the way from where he no longer is."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.contributions import Listener
from zhibu.errors import refuse
from zhibu.members.public import (
    LEFT,
    MADE_FULL,
    PROBATION_EXTENDED,
    STOPPED,
    TRANSFERRED,
    UNDONE,
    Change,
)
from zhibu.members.service import Entered
from zhibu.organizations.public import organization_of
from zhibu_transfers.errors import AlreadyOffered, AlreadyOpen, AnswerSent
from zhibu_transfers.public import TAKEN_BACK
from zhibu_transfers.rules.cases import TOLD, Case, Kind, State
from zhibu_transfers.service.events import said
from zhibu_transfers.service.withdrawing import give_up
from zhibu_transfers.store import between
from zhibu_transfers.store import cases as store
from zhibu_transfers.store import letters as letter_store

# The kinds of transfers that an entry of the register came from.
CAME_FROM = {
    Entered.AFFILIATION: Kind.WITHIN,
    Entered.STAGE: Kind.OUT,
    Entered.ENTRY: Kind.IN,
}
# What a transfer says of its end, and no longer does.
ENDING: tuple[str, ...] = (
    *("accepted_by", "accepted_on", "file_check", "file_note", "custodian"),
    *("receipt_on", "means", "signer", "finding", "found", "found_on", "proof"),
)
# Whose agreement a change of stage came from.
AGREED: Mapping[str, Kind] = {Change.LEFT: Kind.BETWEEN, Change.RESTORED: Kind.OFFERED}
WHY = {TRANSFERRED: "党员已调入其他支部", LEFT: "党员已不在册", STOPPED: "党员已停止党籍"}


async def changed(act: Act, events: Sequence[Event]) -> None:
    """Whoever was moved, or is no member any more, is not transferred from where he was.

    What another institution was told of a member stays true until it has answered. Who left
    meanwhile is asked back; it may have accepted before.
    """
    happened = {event.member_id: event.name for event in events if event.member_id}
    for case in await between.under_way(act.session, act.tenant_id, happened.keys()):
        assert case.member_id is not None
        what = happened[case.member_id]
        if case.kind is Kind.BETWEEN and case.state in TOLD and what != LEFT:
            refuse([AlreadyOffered(path=("member",), name=case.name)])
        if what in WHY and case.state is not State.WITHDRAWING:
            home = await organization_of(act, case.from_id or case.id, seen_by=None)
            await give_up(act, case, home.path, WHY[what])


async def undone(act: Act, events: Sequence[Event]) -> None:
    """The entry that a transfer made was taken back: it may be accepted or receipted anew."""
    for event in events:
        if event.member_id is None:
            continue
        await _told(act, event, event.member_id)
        kind = CAME_FROM.get(event.facts["what"])
        other = kind is Kind.OUT and event.facts["change"] != Change.LEFT
        if kind is not None and not other:
            await _take_back(act, event, kind, event.member_id)


async def _told(act: Act, event: Event, member_id: UUID) -> None:
    """What two institutions agreed on is taken back by neither alone."""
    what, change, on = (event.facts.get(name) for name in ("what", "change", "on"))
    kind = AGREED.get(change or "") if what == Entered.STAGE else None
    if what == Entered.ENTRY:
        kind = Kind.OFFERED
    if kind is None:
        return
    case = await between.settled(act.session, act.tenant_id, member_id, kind)
    day = case.accepted_on.isoformat() if case and case.accepted_on else None
    if case is not None and (what == Entered.ENTRY or on == day):
        refuse([AnswerSent(path=("what",), name=case.name)])


async def _take_back(act: Act, event: Event, kind: Kind, member_id: UUID) -> None:
    day = event.facts.get("on")
    case = await store.ended(
        act.session,
        act.tenant_id,
        member_id,
        kind,
        on=date.fromisoformat(day) if day else None,
        to=UUID(event.facts["from"]) if kind is Kind.WITHIN else None,
    )
    if case is None:
        return
    # The letter that went on from here is somebody's errand already: that one is ended first.
    if kind is not Kind.IN and await store.is_open(act.session, act.tenant_id, member_id):
        refuse([AlreadyOpen(path=("what",), name=case.name)])
    lettered = await letter_store.revive(act.session, act.tenant_id, case.id)
    values: dict[str, Any] = {
        "state": _before(case, lettered),
        **dict.fromkeys(ENDING),
    }
    if kind is Kind.IN:
        values["member_id"] = None
    if kind is not Kind.OUT:  # who went elsewhere is waited for as before
        values["receipt_by"] = None
    await store.change(act.session, act.tenant_id, case.id, values)
    said(act, TAKEN_BACK, case, event.path or "", reason=event.facts["reason"])


def _before(case: Case, lettered: bool) -> State:
    """Where a transfer stood before it was accepted."""
    if case.refused_on is not None:
        return State.REFUSED
    return State.ISSUED if lettered else State.OPENED


LISTENERS: Mapping[str, Listener] = {
    TRANSFERRED: changed,
    LEFT: changed,
    STOPPED: changed,
    MADE_FULL: changed,
    PROBATION_EXTENDED: changed,
    UNDONE: undone,
}
