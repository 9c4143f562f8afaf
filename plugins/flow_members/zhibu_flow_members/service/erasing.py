"""What is sealed of somebody is erased with him, and who took him in elsewhere is told."""

from collections.abc import Sequence

from zhibu.act import Act, Event
from zhibu_flow_members.service import photos
from zhibu_flow_members.service.between.home import tell_host
from zhibu_flow_members.store import cases


async def members_erased(act: Act, events: Sequence[Event]) -> None:
    """How somebody who is erased was reached, and what he looked like, is erased too.

    The former also where he was a guest.
    """
    members = {event.member_id for event in events if event.member_id is not None}
    await cases.erase(act.session, act.tenant_id, members)
    await photos.erase(act, members)
    for case in await cases.peered(act.session, act.tenant_id, members):
        await tell_host(act, case.id, erased=True)
