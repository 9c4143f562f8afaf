"""What is sealed of somebody is erased with him."""

from collections.abc import Sequence

from zhibu.act import Act, Event
from zhibu_flow_members.store import cases


async def members_erased(act: Act, events: Sequence[Event]) -> None:
    """How somebody who is erased was reached is erased too."""
    members = {event.member_id for event in events if event.member_id is not None}
    await cases.erase(act.session, act.tenant_id, members)
