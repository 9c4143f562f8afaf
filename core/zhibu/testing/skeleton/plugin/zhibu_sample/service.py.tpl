"""The use cases: ask the policy, load, let rules decide, save, tell the ledger."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.errors import Conflict, Invalid, NotFound, refuse
from zhibu.members.public import MemberFacts, member_of
from zhibu.slips import public as slips
from zhibu.slips.public import Slip
from zhibu_sample import actions, rules, store
from zhibu_sample.rules import Entry, Limit

CHANGES = ("sample.recorded", "sample.changed")


async def record(act: Act, entry: Entry) -> UUID:
    """Record it and say under which id.

    Raises `NotFound` for a member the caller may not see, `Forbidden`, `PluginDisabled`, or
    `Refused` with everything that speaks against the entry.
    """
    member = await member_of(act, entry.member_id)
    act.require(actions.WRITE, member.path, member.id)
    known = await store.recorded(act.session, act.tenant_id, [entry])
    refuse(refusals(act, entry, member, known=entry.key in known))
    [id] = await add(act, [(entry, member)])
    return id


async def take_back(act: Act, id: UUID, *, reason: str) -> UUID:
    """Take a record back, and say of which member it was.

    Whoever may record may take back; and so may whoever made the record, for some days, whatever
    he may do now (`zhibu.slips`). Raises `NotFound`, `Forbidden`, `PluginDisabled` or `Refused`.
    """
    entry = await store.record(act.session, act.tenant_id, id)
    if entry is None:
        raise NotFound()
    member = await member_of(act, entry.member_id)
    slip = Slip(subject=("SampleRecord", id), happened=CHANGES[:1], among=CHANGES)
    await slips.require(act, actions.WRITE, member.path, member.id, slip, seen_by=actions.READ)
    refuse(rules.taking_back_refusals(reason))
    await store.remove(act.session, act.tenant_id, id)
    about = _about(id, entry, member)
    about["facts"] |= {"reason": reason}
    act.record(Event(name="sample.taken_back", **about))
    return member.id


def refusals(
    act: Act, entry: Entry, member: MemberFacts, *, known: bool = False
) -> list[Invalid | Conflict]:
    """What the rules in force at the member's branch say against an entry."""
    days = act.parameters.value("sample.days_to_enter", path=member.path, on=entry.happened_on)
    limit = Limit(days=days.value, basis=days.basis)
    return list(rules.refusals(entry, today=act.today, limit=limit, known=known))


async def add(act: Act, decided: Sequence[tuple[Entry, MemberFacts]]) -> list[UUID]:
    """Save entries that nothing speaks against, with one event of the ledger for each."""
    ids = await store.add(
        act.session,
        act.tenant_id,
        [entry for entry, _ in decided],
        by=act.caller.account_id,
        at=act.now,
    )
    for id, (entry, member) in zip(ids, decided, strict=True):
        act.record(Event(name="sample.recorded", **_about(id, entry, member)))
    return ids


async def change(act: Act, decided: Mapping[UUID, tuple[Entry, MemberFacts]]) -> None:
    """Let records say something else, by their ids; nothing speaks against it."""
    entries = {id: entry for id, (entry, _) in decided.items()}
    await store.change(act.session, act.tenant_id, entries)
    for id, (entry, member) in decided.items():
        act.record(Event(name="sample.changed", **_about(id, entry, member)))


def _about(id: UUID, entry: Entry, member: MemberFacts) -> dict[str, Any]:
    """What every event of a record says of it."""
    return {
        "subject": ("SampleRecord", id),
        "path": member.path,
        "member_id": member.id,
        "facts": {"title": entry.title, "on": entry.happened_on.isoformat()},
    }
