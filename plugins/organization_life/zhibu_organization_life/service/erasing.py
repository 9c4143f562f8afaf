"""What is sealed of somebody is erased with him."""

from collections.abc import Sequence

from zhibu.act import Act, Event
from zhibu_organization_life.store import care, matters, talks


async def members_erased(act: Act, events: Sequence[Event]) -> None:
    """What was said in talks with whoever is erased, what he reported and how he lived goes too."""
    members = {event.member_id for event in events if event.member_id is not None}
    await talks.erase(act.session, act.tenant_id, members)
    await matters.erase(act.session, act.tenant_id, members)
    await care.erase(act.session, act.tenant_id, members)
