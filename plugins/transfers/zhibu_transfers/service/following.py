"""What transfers do when the register takes a slip back: they stand where they stood before it."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.members.public import Change
from zhibu.members.service import Entered
from zhibu_transfers.public import TAKEN_BACK
from zhibu_transfers.rules.cases import Kind, State
from zhibu_transfers.service.events import said
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


async def undone(act: Act, events: Sequence[Event]) -> None:
    """The entry that a transfer made was taken back: it may be accepted or receipted anew."""
    for event in events:
        kind = CAME_FROM.get(event.facts["what"])
        other = kind is Kind.OUT and event.facts["change"] != Change.LEFT
        if kind is not None and not other and event.member_id is not None:
            await _take_back(act, event, kind, event.member_id)


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
    lettered = await letter_store.revive(act.session, act.tenant_id, case.id)
    values: dict[str, Any] = {
        "state": State.ISSUED if lettered else State.OPENED,
        **dict.fromkeys(ENDING),
    }
    if kind is Kind.IN:
        values["member_id"] = None
    if kind is not Kind.OUT:  # who went elsewhere is waited for as before
        values["receipt_by"] = None
    await store.change(act.session, act.tenant_id, case.id, values)
    said(act, TAKEN_BACK, case, event.path or "", reason=event.facts["reason"])
