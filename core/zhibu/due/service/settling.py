"""Saying that something is done which no record ends."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.contributions import Due, Window
from zhibu.due.errors import DueKindUnknown
from zhibu.due.public import SETTLED
from zhibu.due.rules.inbox import done_faults, settle_faults
from zhibu.due.rules.items import Item, Outcome
from zhibu.due.rules.leads import Leads
from zhibu.due.store import asking, kept
from zhibu.due.store.asking import Asked
from zhibu.errors import NotFound, refuse


async def settle(
    act: Act,
    kinds: Mapping[str, Due],
    name: str,
    subject_id: UUID,
    due_on: date,
    note: str,
    late_reason: str | None,
) -> Item:
    """Say that what is due of this subject on that day is done, reminded of or not."""
    kind = kinds.get(name)
    if kind is None:
        raise DueKindUnknown(path=("kind",), kind=name, known=sorted(kinds))
    window = Window(
        tenant_id=act.tenant_id,
        first=due_on,
        last=due_on,
        today=act.today,
        book=act.parameters,
    )
    places = act.scope(kind.permission)
    asked = Asked(window=window, book=act.parameters, kinds=[(kind, places)])
    item = None if places.nothing else await asking.item(act.session, asked, subject_id)
    if item is None:
        raise NotFound()
    return await settle_item(act, kind, item, note, late_reason)


async def settle_item(act: Act, kind: Due, item: Item, note: str, late_reason: str | None) -> Item:
    """Settle an item that the caller sees."""
    lead = act.parameters.value(kind.lead, path=item.path, on=act.today)
    refuse(
        settle_faults(
            item,
            settled=kind.settled_by is not None,
            horizon=Leads.of(lead.value or (), lead.unit).horizon(act.today),
            basis=lead.basis,
        )
    )
    assert kind.settled_by is not None
    act.require(kind.settled_by, item.path, item.member_id)
    refuse(done_faults(item, note=note, late_reason=late_reason, today=act.today))
    reason = late_reason.strip() if late_reason and late_reason.strip() else None
    values = {
        "closed_on": act.today,
        "done_on": act.today,
        "outcome": Outcome.SETTLED,
        "note": note.strip(),
        "late_reason": reason,
        "settled_by": act.caller.account_id,
    }
    await kept.settle(act.session, act.tenant_id, item, values)
    act.record(
        Event(
            name=SETTLED,
            subject=(kind.subject, item.subject_id),
            path=item.path,
            member_id=item.member_id,
            facts={
                "kind": kind.name,
                "due_on": item.due_on.isoformat(),
                "late": item.overdue(act.today),
                "note": note.strip(),
                "late_reason": reason,
            },
        )
    )
    return item
