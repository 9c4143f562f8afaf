"""What speaks against a list: each mark, and the list as a whole."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import MEMBER_READ
from zhibu.errors import Conflict, Invalid
from zhibu.identifiers import parent_path
from zhibu.members.public import members_by_id
from zhibu_organization_life import actions
from zhibu_organization_life.errors import MemberElsewhere
from zhibu_organization_life.rules import attendance as rules
from zhibu_organization_life.rules.attendance import Mark, Place
from zhibu_organization_life.rules.catalogues import Leave, Presence
from zhibu_organization_life.rules.meetings import Meeting
from zhibu_organization_life.service import amounts
from zhibu_organization_life.service.inviting import invite
from zhibu_organization_life.store import places as store


@dataclass(frozen=True, kw_only=True)
class List:
    """Marks for one meeting, judged together.

    `marks` are those that say something new, `whole` is what speaks against the list, `each` what
    speaks against every mark that was given, in their order.
    """

    meeting: Meeting
    marks: Sequence[Mark]
    places: Mapping[UUID, Place]
    reason: str | None
    whole: list[Invalid | Conflict] = field(default_factory=list)
    each: Sequence[list[Invalid | Conflict]] = ()


async def judge(
    act: Act,
    meeting: Meeting,
    marks: Sequence[Mark],
    *,
    others: Presence | None = None,
    reason: str | None = None,
    version: int | None = None,
) -> List:
    """What speaks against marking these at the meeting, which is held until the act is over."""
    invited = await invite(act, meeting)
    places = {
        member: place
        for (_, member), place in (
            await store.places_of(act.session, act.tenant_id, [meeting.id])
        ).items()
    }
    known = await members_by_id(act, {mark.member_id for mark in marks})
    marker = rules.Marker(
        member_id=act.caller.member_id,
        decides_leave=act.may(actions.DECIDE_LEAVE, meeting.path),
    )
    # Whoever belongs to the branch may sit in with one of its Party groups.
    home = parent_path(meeting.path) if meeting.unit_kind == "party_group" else meeting.path
    all_marks = [*marks, *_of_others(marks, places, invited, others)]
    each: list[list[Invalid | Conflict]] = []
    for mark in marks:
        member = known.get(mark.member_id)
        here = member is not None and (
            mark.member_id in places
            or (member.path.startswith(home) and act.may(MEMBER_READ, member.path, member.id))
        )
        each.append(
            [*rules.mark_refusals(mark, places.get(mark.member_id), marker)]
            if here
            else [MemberElsewhere()]
        )
    fresh = [mark for mark in all_marks if not rules.stands(mark, places.get(mark.member_id))]
    whole = rules.list_refusals(
        meeting,
        today=act.today,
        late_after=amounts.limit(
            act, "organization_life.late_after_days", meeting.held_on, meeting.path
        ),
        reason=reason,
        fresh=bool(fresh),
        corrects=any(rules.corrects(mark, places.get(mark.member_id)) for mark in fresh),
        version=version,
    )
    return List(
        meeting=meeting,
        marks=fresh,
        places=places,
        reason=reason,
        whole=[*whole],
        each=each,
    )


def _of_others(
    marks: Sequence[Mark],
    places: Mapping[UUID, Place],
    invited: Collection[UUID],
    others: Presence | None,
) -> list[Mark]:
    """How everybody who is held to come, is not named and not marked yet is marked."""
    if others is None:
        return []
    named = {mark.member_id for mark in marks}
    return [
        Mark(
            member_id=member,
            presence=Presence.ON_LEAVE if place.leave is Leave.APPROVED else others,
        )
        for member, place in places.items()
        if member in invited
        and member not in named
        and place.expected
        and place.presence is Presence.INVITED
    ]
