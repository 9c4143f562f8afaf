"""Proposing the points that records elsewhere speak of; the branch decides about each.

The same records propose the same: proposing again changes nothing, and what a record no longer
says is withdrawn, or, where it counts already, proposed to be reversed.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.identifiers import new_id
from zhibu.members.public import MemberFacts, members_by_id
from zhibu_dues.asking import LateMonth, late_months_of
from zhibu_organization_life.asking import Attended, Presence, attendance_of
from zhibu_scoring.public import ENTRY_PROPOSED, PROPOSAL_WITHDRAWN, REVERSAL_PROPOSED
from zhibu_scoring.rules.accounts import Standing, standing
from zhibu_scoring.rules.entries import Recorded, State
from zhibu_scoring.rules.facts import KnownFact
from zhibu_scoring.rules.proposals import (
    Late,
    Mark,
    Proposal,
    falling,
    of_attendance,
    of_dues,
    of_facts,
    steps,
)
from zhibu_scoring.rules.schemes import Scheme
from zhibu_scoring.service.entries import KIND, exempt_of
from zhibu_scoring.service.events import facts_of, said, signed
from zhibu_scoring.service.terms import limit, scheme, worth
from zhibu_scoring.store import closing, people
from zhibu_scoring.store import entries as store
from zhibu_scoring.store import facts as fact_store

GONE = "所依据的记录已更正或撤销"


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """What was proposed, withdrawn, and proposed to be reversed."""

    proposed: int = 0
    withdrawn: int = 0
    reversed: int = 0

    def __add__(self, other: "Proposed") -> "Proposed":
        return Proposed(
            proposed=self.proposed + other.proposed,
            withdrawn=self.withdrawn + other.withdrawn,
            reversed=self.reversed + other.reversed,
        )


@dataclass(frozen=True, kw_only=True)
class Records:
    """What siblings and scoring itself recorded of members in a year, by member."""

    marks: Mapping[UUID, Sequence[Attended]]
    late: Mapping[UUID, Sequence[LateMonth]]
    facts: Mapping[UUID, Sequence[KnownFact]]


async def below(act: Act, path: str, year: int) -> Proposed:
    """Make the points of everybody at or below a path agree with what is recorded."""
    return await of(act, await people.members_below(act.session, act.tenant_id, path, year), year)


async def of(act: Act, members: Collection[UUID], year: int) -> Proposed:
    """The same of these members, unless their year was decided. The caller authorised the act."""
    if not members:
        return Proposed()
    await store.hold(act.session, act.tenant_id, members)
    closed = await closing.closed(act.session, act.tenant_id, members)
    who = await members_by_id(act, [id for id in members if (id, year) not in closed])
    if not who:
        return Proposed()
    records = await records_of(act, list(who.values()), year)
    known = await store.of_members(act.session, act.tenant_id, who, year)
    exempt = await exempt_of(act, who)
    schemes: dict[str, Scheme] = {}
    rows: list[dict[str, Any]] = []
    gone: list[Recorded] = []
    for member in who.values():
        if member.path not in schemes:
            schemes[member.path] = scheme(act, member.path, year)
        out = exempt(member.id, year)
        counted = standing(year, member.admitted_on, member.left_on, exempt=out)
        wanted = (
            _wanted(act, member, year, records, schemes[member.path])
            if counted is Standing.COUNTED
            else []
        )
        made = steps(wanted, known.get(member.id, ()))
        rows += [_row(act, member, year, each, schemes[member.path]) for each in made.propose]
        rows += [_reversal(act, member, each) for each in made.reverse]
        gone += made.withdraw
    await _write(act, who, rows, gone)
    back = sum(row["reverses_id"] is not None for row in rows)
    return Proposed(proposed=len(rows) - back, withdrawn=len(gone), reversed=back)


async def records_of(act: Act, members: Sequence[MemberFacts], year: int) -> Records:
    """What is recorded of these members that points may rest on."""
    marks: dict[UUID, list[Attended]] = {}
    for mark in await attendance_of(act, members, year):
        marks.setdefault(mark.member_id, []).append(mark)
    facts: dict[UUID, list[KnownFact]] = {}
    ids = [member.id for member in members]
    for each in await fact_store.of_members(act.session, act.tenant_id, ids, year):
        facts.setdefault(each.fact.member_id, []).append(each)
    return Records(marks=marks, late=await late_months_of(act, members, year), facts=facts)


def _wanted(
    act: Act, member: MemberFacts, year: int, records: Records, found: Scheme
) -> list[Proposal]:
    on = min(act.today, act.today.replace(year=year, month=12, day=31))
    free = limit(act, "scoring.leave_free", member.path, on)
    return falling(
        _proposals(member.id, records, free.value),
        items=found.items.__contains__,
        admitted_on=member.admitted_on,
        left_on=member.left_on,
        year=year,
    )


def marks_of(member: UUID, records: Records) -> list[Mark]:
    """How a member was marked at the meetings that he was to attend."""
    return [
        Mark(
            meeting_id=each.meeting_id,
            title=each.title,
            on=each.held_on,
            absent=each.presence is Presence.ABSENT,
            on_leave=each.presence is Presence.ON_LEAVE,
        )
        for each in records.marks.get(member, ())
        if each.expected
    ]


def _proposals(member: UUID, records: Records, free: int) -> Iterator[Proposal]:
    late = [
        Late(month=each.month, due_on=each.due_on, payment_id=each.payment_id)
        for each in records.late.get(member, ())
    ]
    yield from of_attendance(marks_of(member, records), free)
    yield from of_dues(late)
    yield from of_facts(records.facts.get(member, ()))


def _row(
    act: Act, member: MemberFacts, year: int, proposal: Proposal, found: Scheme
) -> dict[str, Any]:
    item = found.items[proposal.item]
    return {
        **_waiting(act, member.id, year),
        "part": item.part,
        "item": item.code,
        "number": item.number,
        "name": item.name,
        "points": item.points,
        "happened_on": proposal.happened_on,
        "description": proposal.description,
        "material": proposal.material,
        "basis": str(replace(found.basis, value=worth(item))),
        "declared_by": proposal.declared_by,
        "declarer_id": proposal.declarer_id,
        "reverses_id": None,
        "source": proposal.source,
        "source_kind": proposal.kind,
        "source_id": proposal.id,
    }


def _reversal(act: Act, member: MemberFacts, entry: Recorded) -> dict[str, Any]:
    return {
        **_waiting(act, member.id, entry.entry.year),
        "part": entry.part,
        "item": entry.entry.item,
        "number": entry.number,
        "name": entry.name,
        "points": entry.points,
        "happened_on": entry.entry.happened_on,
        "description": GONE,
        "material": None,
        "basis": entry.basis,
        "declared_by": None,
        "declarer_id": None,
        "reverses_id": entry.id,
        "source": entry.source,
        "source_kind": (entry.source or "").partition("/")[0],
        "source_id": None,
    }


def _waiting(act: Act, member: UUID, year: int) -> dict[str, Any]:
    return {
        "id": new_id(),
        "member_id": member,
        "year": year,
        "witnesses": None,
        "late_reason": None,
        "state": State.DECLARED,
        "declared_at": act.now,
        "decided_by": None,
        "decided_on": None,
        "decision_reason": None,
    }


async def _write(
    act: Act,
    who: Mapping[UUID, MemberFacts],
    rows: Sequence[dict[str, Any]],
    gone: Sequence[Recorded],
) -> None:
    if gone:
        await store.settle(
            act.session,
            act.tenant_id,
            [each.id for each in gone],
            State.WITHDRAWN,
            by=None,
            on=act.today,
            reason=GONE,
        )
    if rows:
        await store.add(act.session, act.tenant_id, rows)
    for each in gone:
        about = (KIND, each.id)
        said(act, PROPOSAL_WITHDRAWN, about, who[each.entry.member_id], **facts_of(each))
    for row in rows:
        back = row["reverses_id"] is not None
        said(
            act,
            REVERSAL_PROPOSED if back else ENTRY_PROPOSED,
            (KIND, row["id"]),
            who[row["member_id"]],
            item=row["name"],
            points=signed(row["part"], row["points"], reverses=back),
            year=row["year"],
            reason=row["description"],
        )
