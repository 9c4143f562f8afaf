"""Proposing the points that records elsewhere speak of; the branch decides about each.

The same records propose the same: proposing again changes nothing, and what a record no longer
says is withdrawn, or, where it counts already, proposed to be reversed.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.members.public import MemberFacts, members_by_id
from zhibu_dues.asking import LateMonth, late_months_of
from zhibu_organization_life.asking import Attended, Presence, attendance_of
from zhibu_scoring.rules.accounts import Standing, standing
from zhibu_scoring.rules.entries import Recorded
from zhibu_scoring.rules.facts import KnownFact
from zhibu_scoring.rules.late import LateFact
from zhibu_scoring.rules.proposals import (
    Late,
    Mark,
    Proposal,
    falling,
    of_attendance,
    of_dues,
    of_facts,
)
from zhibu_scoring.rules.schemes import Scheme
from zhibu_scoring.rules.steps import Steps, steps
from zhibu_scoring.service import noting
from zhibu_scoring.service.entries import exempt_of
from zhibu_scoring.service.homes import at_home
from zhibu_scoring.service.proposed import reversal_of, reword, row_of, write
from zhibu_scoring.service.terms import limit, scheme
from zhibu_scoring.store import closing, people
from zhibu_scoring.store import entries as store
from zhibu_scoring.store import facts as fact_store


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


async def below(act: Act, path: str, year: int, *, is_open: bool = True) -> Proposed:
    """Make the points of everybody at or below a path agree with what is recorded."""
    members = await people.members_below(act.session, act.tenant_id, path, year, today=act.today)
    return await of(act, members, year, is_open=is_open)


async def of(act: Act, members: Collection[UUID], year: int, *, is_open: bool = True) -> Proposed:
    """The same of these members. The caller authorised the act.

    Of whose year was decided, what records came to say is only noted; of a year that is not open
    any more, nothing is proposed either.
    """
    if not members:
        return Proposed()
    await store.hold(act.session, act.tenant_id, members)
    closed = await closing.closed(act.session, act.tenant_id, members)
    known = await members_by_id(act, [id for id in members if is_open or (id, year) in closed])
    who = await at_home(act, known, year)
    if not who:
        return Proposed()
    rows: list[dict[str, Any]] = []
    gone: list[Recorded] = []
    late: list[LateFact] = []
    reworded: list[tuple[Recorded, str | None]] = []
    for member, made, found in await _steps(act, who, year):
        reworded += made.reword
        if decided := closed.get((member.id, year)):
            late += noting.facts(member.id, year, made, found, decided)
            continue
        rows += [row_of(act, member, year, each, found) for each in made.propose]
        rows += [reversal_of(act, member, each) for each in made.reverse]
        gone += made.withdraw
    await write(act, who, rows, gone)
    await reword(act, who, reworded)
    await noting.note(act, who, year, late, closed)
    back = sum(row["reverses_id"] is not None for row in rows)
    return Proposed(proposed=len(rows) - back, withdrawn=len(gone), reversed=back)


async def missing(act: Act, members: Collection[UUID], year: int) -> int:
    """How many steps it takes until what is proposed of these members is what records say."""
    if not members:
        return 0
    who = await at_home(act, await members_by_id(act, members), year)
    made = await _steps(act, who, year)
    return sum(len(s.propose) + len(s.reverse) + len(s.withdraw) for _, s, _ in made)


async def _steps(
    act: Act, who: Mapping[UUID, MemberFacts], year: int
) -> list[tuple[MemberFacts, Steps, Scheme]]:
    """What makes each member's entries agree with the records, and the scheme it goes by."""
    records = await records_of(act, list(who.values()), year)
    known = await store.of_members(act.session, act.tenant_id, who, year)
    exempt = await exempt_of(act, who)
    schemes: dict[str, Scheme] = {}
    found = []
    for member in who.values():
        if member.path not in schemes:
            schemes[member.path] = scheme(act, member.path, year)
        out = exempt(member.id, year)
        counted = standing(year, member.admitted_on, member.left_on, exempt=out)
        wanted = _wanted(act, member, year, records) if counted is Standing.COUNTED else []
        words = schemes[member.path]
        made = steps(wanted, known.get(member.id, ()), words.items.__contains__)
        found.append((member, made, words))
    return found


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


def _wanted(act: Act, member: MemberFacts, year: int, records: Records) -> list[Proposal]:
    on = min(act.today, act.today.replace(year=year, month=12, day=31))
    free = limit(act, "scoring.leave_free", member.path, on)
    return falling(
        _proposals(member.id, records, free.value),
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
