"""Who should attend: computed from where everybody belonged, and what he was, on the day."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.members.public import members_of, stages_on
from zhibu.organizations.public import Unit, holders_on, organization_of, path_on
from zhibu_organization_life.errors import UnitNotStanding
from zhibu_organization_life.rules.attendance import should_attend
from zhibu_organization_life.rules.catalogues import Kind, Presence
from zhibu_organization_life.rules.meetings import Meeting
from zhibu_organization_life.service.rows import invitation
from zhibu_organization_life.store import people
from zhibu_organization_life.store import places as store


async def expected(act: Act, unit: Unit, kind: Kind, on: date) -> dict[UUID, bool]:
    """Whoever is invited to such a meeting of the unit on that day, and whether he is held to it.

    Raises `UnitNotStanding`.
    """
    path = await path_on(act, unit.id, on)
    if path is None:
        raise UnitNotStanding(path=("held_on",), on=on)
    belonging = await _belonging(act, unit, path, kind, on)
    stages = await stages_on(act, belonging, on)
    excused = await people.excused_on(act.session, act.tenant_id, belonging, on)
    return should_attend(belonging, excused, stages)


async def standing_refusals(act: Act, unit: Unit, on: date) -> list[UnitNotStanding]:
    """A unit that did not stand on the day held nothing then."""
    stood = await path_on(act, unit.id, on) is not None
    return [] if stood else [UnitNotStanding(path=("held_on",), on=on)]


async def invite(act: Act, meeting: Meeting) -> set[UUID]:
    """Write anew who is invited to a meeting; marks stay. Everybody who is invited now.

    Whoever was invited, is not to be any more and was not marked loses the place.
    """
    unit = await organization_of(act, meeting.organization_id, seen_by=None)
    held_to = await expected(act, unit, meeting.kind, meeting.held_on)
    places = await store.places_of(act.session, act.tenant_id, [meeting.id])
    before = {member: place for (_, member), place in places.items()}
    gone = {
        member
        for member, place in before.items()
        if member not in held_to and place.presence is Presence.INVITED
    }
    if gone:
        await store.remove(act.session, act.tenant_id, meeting.id, gone)
    rows = [
        invitation(meeting.id, member, expected=held)
        for member, held in held_to.items()
        if member not in before or before[member].expected is not held
    ]
    rows += [
        invitation(meeting.id, member, expected=False)
        for member, place in before.items()
        if member not in held_to and member not in gone and place.expected
    ]
    await store.invite(act.session, act.tenant_id, rows)
    return set(held_to)


async def _belonging(act: Act, unit: Unit, path: str, kind: Kind, on: date) -> Collection[UUID]:
    if kind is Kind.COMMITTEE_MEETING:
        return await holders_on(act, unit.id, on)
    if unit.kind == "party_group":
        assert unit.parent_id is not None, "a Party group belongs to a branch"
        return await people.group_on(act.session, act.tenant_id, unit.id, unit.parent_id, on)
    return {member.id for member in await members_of(act, path, on)}
