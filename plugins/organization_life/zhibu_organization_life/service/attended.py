"""How members were marked at the meetings of a year, for whoever reckons with them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.calendar import year_of
from zhibu.members.public import MemberFacts
from zhibu_organization_life import actions
from zhibu_organization_life.rules.catalogues import Presence
from zhibu_organization_life.store import people


@dataclass(frozen=True, kw_only=True)
class Attended:
    """A member's mark at a meeting that was held; `meeting_id` is an `OrganizationLifeMeeting`."""

    meeting_id: UUID
    member_id: UUID
    title: str
    held_on: date
    presence: Presence
    expected: bool


async def attendance_of(act: Act, members: Collection[MemberFacts], year: int) -> list[Attended]:
    """The marks of these members in a year, the earliest first, in one statement.

    Of nobody where organization life is off. The caller has authorised the act.
    """
    switches, plugin = act.switches, actions.READ.plugin
    wanted = {member.id for member in members if switches.enabled(plugin, member.path)}
    if not wanted:
        return []
    rows = await people.marks_of(act.session, act.tenant_id, wanted, *year_of(year))
    return [
        Attended(
            meeting_id=row.meeting_id,
            member_id=row.member_id,
            title=row.title,
            held_on=row.held_on,
            presence=Presence(row.state),
            expected=row.expected,
        )
        for row in rows
    ]
