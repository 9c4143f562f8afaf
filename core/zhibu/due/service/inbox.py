"""What an account does with its own inbox: nobody reads, puts off or ends another's."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.contributions import Due
from zhibu.due.errors import InboxOfNobody
from zhibu.due.public import ACKNOWLEDGED, DONE, READ, SNOOZED
from zhibu.due.rules.inbox import Entry, Reason, done_faults, snooze_faults
from zhibu.due.service.asking import seen
from zhibu.due.service.settling import settle_item
from zhibu.due.store import inbox as store
from zhibu.due.store import kept
from zhibu.due.store.inbox import Wanted
from zhibu.errors import NotFound, refuse
from zhibu.policy.paths import ROOT

Kinds = Mapping[str, Due]


async def read(act: Act, kinds: Kinds, ids: Collection[UUID]) -> Sequence[Entry]:
    """Note that these items were read; when they were first read stays."""
    found = await _own(act, kinds, ids)
    await _save(act, found, {"read_at": act.now}, once="read_at")
    unread = [entry for entry in found if entry.read_at is None]
    _record(act, READ, unread)
    return await _own(act, kinds, ids)


async def acknowledge(act: Act, kinds: Kinds, ids: Collection[UUID]) -> Sequence[Entry]:
    """Say of these items that one knows of them and will see to them."""
    found = await _own(act, kinds, ids)
    await _save(act, found, {"read_at": act.now}, once="read_at")
    await _save(act, found, {"acknowledged_at": act.now}, once="acknowledged_at")
    _record(act, ACKNOWLEDGED, [entry for entry in found if entry.acknowledged_at is None])
    return await _own(act, kinds, ids)


async def snooze(act: Act, kinds: Kinds, ids: Collection[UUID], until: date) -> Sequence[Entry]:
    """Put these items off. What comes nearer by a lead, or goes up, is there again before."""
    found = await _own(act, kinds, ids)
    days = act.parameters.value("core.snooze_days", path=ROOT, on=act.today)
    refuse(snooze_faults(until, today=act.today, days=days.value or 0, basis=days.basis))
    await _save(act, found, {"read_at": act.now}, once="read_at")
    await _save(act, found, {"snoozed_on": act.today, "snoozed_until": until})
    _record(act, SNOOZED, found, until=until.isoformat())
    return await _own(act, kinds, ids)


async def finish(act: Act, kinds: Kinds, id: UUID, note: str, late_reason: str | None) -> Entry:
    """Say what was done about an item.

    Where nothing recorded ends such items, that ends it for everybody; otherwise it leaves this
    inbox, and is over once it is recorded. After its day a reason is given, which stays with it.
    """
    [entry] = await _own(act, kinds, [id])
    kind, item = kinds[entry.item.kind], entry.item
    answers = entry.reason is not Reason.OWN
    if kind.settled_by is not None and item.closed_on is None:
        await settle_item(act, kind, item, note, late_reason)
    else:
        refuse(
            done_faults(item, note=note, late_reason=late_reason, today=act.today, answers=answers)
        )
        if answers and late_reason and late_reason.strip():
            await kept.explain(act.session, act.tenant_id, entry.due_id, late_reason.strip())
    await _save(act, [entry], {"read_at": act.now}, once="read_at")
    await _save(act, [entry], {"done_at": act.now, "note": note.strip()})
    _record(act, DONE, [entry], note=note.strip(), late_reason=late_reason)
    [after] = await _own(act, kinds, [id])
    return after


async def _own(act: Act, kinds: Kinds, ids: Collection[UUID]) -> list[Entry]:
    """These items of the caller's inbox. Raises `NotFound` unless all of them are there."""
    account = act.caller.account_id
    if account is None:
        raise InboxOfNobody()
    wanted = Wanted(
        tenant_id=act.tenant_id,
        account_id=account,
        kinds=seen(kinds, act.scope),
        today=act.today,
    )
    found = await store.entries(act.session, wanted, len(ids), ids)
    if len(found) < len(set(ids)):
        raise NotFound()
    return [entry for _, entry in found]


async def _save(
    act: Act, found: Sequence[Entry], values: dict[str, Any], once: str | None = None
) -> None:
    for account in {entry.account_id for entry in found}:
        ids = [entry.id for entry in found]
        await store.save(act.session, act.tenant_id, account, ids, values, once=once)


def _record(act: Act, name: str, found: Sequence[Entry], **facts: Any) -> None:
    for entry in found:
        item = entry.item
        act.record(
            Event(
                name=name,
                subject=("InboxItem", entry.id),
                path=item.path,
                member_id=item.member_id,
                facts={"kind": item.kind, "due_on": item.due_on.isoformat(), **facts},
            )
        )
