"""What suggests that a member be looked into, gathered from dues, organization life and stays."""

from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import MEMBER_READ
from zhibu.members.public import MemberFacts, Stage, member_of
from zhibu_discipline import actions
from zhibu_discipline.rules.suggesting import Mark, Recorded, Suggestion, suggestions
from zhibu_discipline.service import terms
from zhibu_discipline.store import cases
from zhibu_dues.asking import late_months_of, standings_of
from zhibu_flow_members.asking import NoteKind, notes_of
from zhibu_organization_life.asking import Presence, attendance_of, duties_of

KEPT = (Presence.PRESENT, Presence.ON_LEAVE)
NOTES = (NoteKind.HANDLING, NoteKind.LIFE)


async def suggested(act: Act, member_id: UUID) -> list[Suggestion]:
    """What is suggested of a member today. Nothing follows from it by itself.

    It is for those who may open a disposition: the member hears of it when he is asked (S0-23).
    """
    member = await member_of(act, member_id)
    act.require(actions.OPEN, member.path, member.id, seen_by=MEMBER_READ)
    notes = await notes_of(act, member, NOTES)
    followed = await cases.last_opened(act.session, act.tenant_id, member.id)
    handling = [
        Mark(on=day, what="")
        for kind, day in notes
        if kind is NoteKind.HANDLING and (followed is None or day > followed)
    ]
    if member.stage is not Stage.FULL:
        return [*suggestions(Recorded(), handling, None, today=act.today)]
    catalogue = terms.catalogue(act, member.path, act.today)
    ground = next((each for each in catalogue if each.missed), None)
    lived = [day for kind, day in notes if kind is NoteKind.LIFE]
    recorded = await _recorded(act, member, lived)
    return [*suggestions(recorded, handling, ground, today=act.today)]


async def _recorded(act: Act, member: MemberFacts, lived: list[date]) -> Recorded:
    """How he did each of the three duties this year and the last one, as far as it is recorded;
    `lived` are the days on which whoever took him in noted that he came.
    """
    years = (act.today.year - 1, act.today.year)
    months: list[Mark] = []
    meetings = [Mark(on=day, what="", kept=True) for day in lived]
    for year in years:
        late = (await late_months_of(act, [member], year)).get(member.id, [])
        months += [
            Mark(on=each.month, what=f"{each.month:%Y-%m}")
            for each in late
            if each.settled_on is None
        ]
        meetings += [
            Mark(on=each.held_on, what=each.title, kept=each.presence in KEPT)
            for each in await attendance_of(act, [member], year)
            if each.presence in KEPT or (each.expected and each.presence is Presence.ABSENT)
        ]
    standing = (await standings_of(act, [member])).get(member.id)
    work = await duties_of(act, member, since=date(years[0], 1, 1))
    return Recorded(
        meetings=meetings,
        months=months,
        streak=standing.streak if standing else 0,
        work=[Mark(on=each.on, what=each.title, kept=each.done) for each in work],
    )
