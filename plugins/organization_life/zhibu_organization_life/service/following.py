"""What organization life does when members move or posts change: invitations follow."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from uuid import UUID

from zhibu.act import Act, Event
from zhibu_organization_life.errors import UnitNotStanding
from zhibu_organization_life.service.inviting import invite
from zhibu_organization_life.service.reclassing import members_reclassed
from zhibu_organization_life.store import meetings as store
from zhibu_organization_life.store import people


async def members_moved(act: Act, events: Sequence[Event]) -> None:
    """Members came, went, moved, or got or lost a post: whoever is invited may differ."""
    await reinvite(act, {event.member_id for event in events if event.member_id is not None})


async def members_corrected(act: Act, events: Sequence[Event]) -> None:
    """What the register says of members was put right, or a change of it taken back."""
    await members_reclassed(act, events)
    await members_moved(act, events)


async def units_changed(act: Act, events: Sequence[Event]) -> None:
    """Units were merged, split or moved: other meetings are those of whoever belongs to them."""
    paths = {event.path for event in events if event.path}
    members = await people.members_below(act.session, act.tenant_id, paths, act.touched)
    await reinvite(act, members)


async def reinvite(act: Act, members: Collection[UUID]) -> None:
    """Invite anew to the meetings still to come of every unit above or at which one of these was.

    Lists of meetings that were held are computed anew when somebody writes them.
    """
    if not members:
        return
    for meeting in await store.planned_for(act.session, act.tenant_id, members, act.today):
        with suppress(UnitNotStanding):  # a unit that ended meanwhile has nobody to invite
            await invite(act, meeting)
