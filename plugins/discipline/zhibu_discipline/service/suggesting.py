"""What suggests that a member be looked into, gathered from dues, organization life and stays."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.core_actions import MEMBER_READ
from zhibu.identifiers import new_id
from zhibu.members.public import MemberFacts, Stage, member_of
from zhibu_discipline import actions
from zhibu_discipline.rules.grounds import Missed
from zhibu_discipline.rules.suggesting import Mark, Suggestion, months_in_a_row, suggestions
from zhibu_discipline.service import terms
from zhibu_discipline.store import suggestions as store
from zhibu_dues.asking import late_months_of
from zhibu_organization_life.asking import Presence, attendance_of, duties_of

HANDLING = "handling"
UNMARKED = Presence.INVITED


async def suggested(act: Act, member_id: UUID) -> list[Suggestion]:
    """What is suggested of a member today. Nothing follows from it by itself.

    It is for those who may open a disposition: the member hears of it when he is asked (S0-23).
    """
    member = await member_of(act, member_id)
    act.require(actions.OPEN, member.path, member.id, seen_by=MEMBER_READ)
    if member.stage is not Stage.FULL:
        return []
    catalogue = terms.catalogue(act, member.path, act.today)
    ground = next((each for each in catalogue if each.missed), None)
    noted = await store.noted_of(act.session, act.tenant_id, member.id)
    marks = await _marks(act, member)
    return [*suggestions(marks, noted, ground, today=act.today)]


async def noted(act: Act, events: Sequence[Event]) -> None:
    """Of somebody away it was noted that discipline be thought of: that is kept, and shown."""
    rows = [
        {
            "id": new_id(),
            "member_id": event.member_id,
            "note_id": event.subject[1],
            "noted_on": date.fromisoformat(str(event.facts["on"])),
        }
        for event in events
        if event.facts.get("kind") == HANDLING and event.member_id is not None
    ]
    await store.keep(act.session, act.tenant_id, rows)


async def voided(act: Act, events: Sequence[Event]) -> None:
    """Such a note was a slip: nothing is suggested by it any more."""
    notes = [
        note
        for event in events
        if event.facts.get("kind") == HANDLING and (note := event.subject[1]) is not None
    ]
    await store.withdraw(act.session, act.tenant_id, notes, act.today)


async def _marks(act: Act, member: MemberFacts) -> Mapping[Missed, Sequence[Mark]]:
    """How he did each of the three duties this year and the last one, as far as it is recorded."""
    years = (act.today.year - 1, act.today.year)
    months: list[Mark] = []
    meetings: list[Mark] = []
    for year in years:
        late = (await late_months_of(act, [member], year)).get(member.id, [])
        months += [
            Mark(on=each.month, what=f"{each.month:%Y-%m}")
            for each in late
            if each.settled_on is None
        ]
        meetings += [
            Mark(on=each.held_on, what=each.title, kept=each.presence is not Presence.ABSENT)
            for each in await attendance_of(act, [member], year)
            if each.expected and each.presence is not UNMARKED
        ]
    return {
        Missed.LIFE: meetings,
        Missed.DUES: months_in_a_row(months),
        Missed.WORK: [
            Mark(on=each.on, what=each.title, kept=each.done)
            for each in await duties_of(act, member)
        ],
    }
