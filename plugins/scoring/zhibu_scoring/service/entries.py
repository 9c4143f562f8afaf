"""Declaring points, withdrawing what was declared, and asking that some be reversed."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import MemberFacts
from zhibu.organizations.public import PostKind, posts_of
from zhibu_scoring import actions
from zhibu_scoring.public import ENTRY_DECLARED, ENTRY_WITHDRAWN, REVERSAL_DECLARED
from zhibu_scoring.rules import entries as rules
from zhibu_scoring.rules.entries import By, Entry, Recorded, State, Subject
from zhibu_scoring.service.events import facts_of, said, signed
from zhibu_scoring.service.homes import member_in
from zhibu_scoring.service.terms import limit, scheme, worth
from zhibu_scoring.store import closing, exemptions
from zhibu_scoring.store import entries as store

KIND = "ScoringEntry"


async def declare(act: Act, entry: Entry) -> UUID:
    """Declare points of a member; they count once somebody else approves them.

    Raises `NotFound`, `Forbidden`, `PluginDisabled`, or `Refused` with everything that speaks
    against it.
    """
    member = await member_in(act, entry.member_id, entry.year)
    act.require(actions.DECLARE, member.path, member.id)
    await store.hold(act.session, act.tenant_id, [member.id])
    known = await store.of_year(act.session, act.tenant_id, member.id, entry.year)
    found = scheme(act, member.path, entry.year)
    late = limit(act, "scoring.late_after_days", member.path, entry.happened_on)
    refuse(
        rules.declaring_refusals(
            entry,
            scheme=found,
            subject=await _subject(act, member, entry),
            by=by(act, member),
            known=known,
            today=act.today,
            witnesses=limit(act, "scoring.witnesses_least", member.path, entry.happened_on),
            late=late,
        )
    )
    item = found.items[entry.item]
    values = {
        "part": item.part,
        "item": item.code,
        "number": item.number,
        "name": item.name,
        "points": item.points,
        "happened_on": entry.happened_on,
        "description": entry.description.strip(),
        "material": (entry.material or "").strip() or None,
        "witnesses": "\n".join(entry.named) or None,
        "late_reason": (entry.late_reason or "").strip() or None,
        "basis": str(replace(found.basis, value=worth(item))),
        "reverses_id": None,
        "source": None,
        "source_kind": None,
        "source_id": None,
    }
    id = await _add(act, member, entry.year, values)
    points = signed(item.part, item.points, reverses=False)
    facts = {"item": item.name, "points": points, "year": entry.year}
    reason = entry.description.strip()
    said(act, ENTRY_DECLARED, (KIND, id), member, basis=found.basis, **facts, reason=reason)
    return id


async def withdraw(act: Act, id: UUID, *, reason: str) -> UUID:
    """Take back what one declared, while nobody decided; whose it was."""
    found, member = await of(act, id)
    act.require(actions.DECLARE, member.path, member.id, seen_by=actions.READ)
    refuse(rules.withdrawing_refusals(found, by=by(act, member), reason=reason))
    await settle(act, [found], State.WITHDRAWN, reason=reason)
    said(act, ENTRY_WITHDRAWN, (KIND, id), member, **facts_of(found), reason=reason.strip())
    return member.id


async def reverse(act: Act, id: UUID, *, reason: str) -> UUID:
    """Ask that an entry which counts be taken back: a second entry, approved like any other."""
    found, member = await of(act, id)
    act.require(actions.DECLARE, member.path, member.id, seen_by=actions.READ)
    year = found.entry.year
    known = await store.of_year(act.session, act.tenant_id, member.id, year)
    refuse(
        rules.reversing_refusals(
            found,
            known,
            by=by(act, member),
            recorder=await _is_recorder(act, member),
            closed=(member.id, year)
            in await closing.closed(act.session, act.tenant_id, [member.id]),
            reason=reason,
        )
    )
    row = await store.row(act.session, act.tenant_id, id)
    same = ("part", "item", "number", "name", "points", "happened_on", "basis")
    values = {
        **{name: row[name] for name in same},
        "description": reason.strip(),
        "material": None,
        "witnesses": None,
        "late_reason": None,
        "reverses_id": id,
        "source": None,
        "source_kind": None,
        "source_id": None,
    }
    new = await _add(act, member, year, values)
    facts = {**facts_of(found), "points": signed(found.part, found.points, reverses=True)}
    said(act, REVERSAL_DECLARED, (KIND, new), member, **facts, reason=reason.strip())
    return new


async def of(act: Act, id: UUID) -> tuple[Recorded, MemberFacts]:
    """An entry and whose it is, as of its year, held while the act lasts. Raises `NotFound`."""
    found = (await store.entries(act.session, act.tenant_id, [id])).get(id)
    if found is None:
        raise NotFound()
    member = await member_in(act, found.entry.member_id, found.entry.year)
    await store.hold(act.session, act.tenant_id, [member.id])
    return (await store.entries(act.session, act.tenant_id, [id]))[id], member


async def settle(
    act: Act, found: list[Recorded], state: State, *, reason: str | None = None
) -> None:
    """Say what became of entries."""
    await store.settle(
        act.session,
        act.tenant_id,
        [each.id for each in found],
        state,
        by=act.caller.account_id,
        on=act.today,
        reason=None if reason is None else reason.strip(),
    )


def by(act: Act, member: MemberFacts) -> By:
    """Who acts, as the rules see him."""
    return By(
        account_id=act.caller.account_id,
        member_id=act.caller.member_id,
        decides=act.may(actions.DECIDE, member.path, member.id),
    )


async def exempt_of(act: Act, members: Collection[UUID]) -> Callable[[UUID, int], bool]:
    """Says of each of these members whether he is left out of a year."""
    known = await exemptions.of_members(act.session, act.tenant_id, members)

    def exempt(member_id: UUID, year: int) -> bool:
        return any(each.member_id == member_id and each.holds_in(year) for each in known)

    return exempt


async def _subject(act: Act, member: MemberFacts, entry: Entry) -> Subject:
    return Subject(
        name=member.name,
        admitted_on=member.admitted_on,
        left_on=member.left_on,
        exempt=(await exempt_of(act, [member.id]))(member.id, entry.year),
        recorder=await _is_recorder(act, member),
        closed=await _closed(act, member.id, entry.year),
    )


async def _closed(act: Act, member_id: UUID, year: int) -> bool:
    return (member_id, year) in await closing.closed(act.session, act.tenant_id, [member_id])


async def _is_recorder(act: Act, member: MemberFacts) -> bool:
    posts = await posts_of(act.session, act.tenant_id, member.id, act.today)
    return any(kind == PostKind.RECORDER for kind, _, _ in posts)


async def _add(act: Act, member: MemberFacts, year: int, values: dict[str, Any]) -> UUID:
    id = new_id()
    row = {
        "id": id,
        "member_id": member.id,
        "year": year,
        **values,
        "state": State.DECLARED,
        "declared_by": act.caller.account_id,
        "declarer_id": act.caller.member_id,
        "declared_at": act.now,
        "decided_by": None,
        "decided_on": None,
        "decision_reason": None,
    }
    await store.add(act.session, act.tenant_id, [row])
    return id
