"""Organization life is suspended while a relationship is retained abroad, and restored (S3D-20).

What was decided is told by transfers. It is no arrangement of this plugin's own: it begins and ends
with the stay, whatever else is arranged for the member.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.identifiers import new_id
from zhibu_organization_life.rules.catalogues import Ground
from zhibu_organization_life.service.following import reinvite
from zhibu_organization_life.store import accommodations as store


async def retained(act: Act, events: Sequence[Event]) -> None:
    """From that day on the member is held to no meeting; he is invited as before."""
    for event in events:
        row = {
            "id": new_id(),
            "member_id": event.member_id,
            "ground": Ground.ABROAD,
            "arrangement": f"出国（境）保留组织关系：{event.facts['place']}",
            "since": _day(event),
            "until": None,
            "applied_on": None,
            "retained_id": _matter(event),
            "end_reason": None,
            "recorded_by": act.caller.account_id,
            "recorded_at": act.now,
        }
        await store.add(act.session, act.tenant_id, row)
    await _reinvite(act, events)


async def returned(act: Act, events: Sequence[Event]) -> None:
    """He is back, or the decision holds no more: it ended on that day, or never was."""
    for event in events:
        await store.follow(act.session, act.tenant_id, _matter(event), _day(event))
    await _reinvite(act, events)


async def away_still(act: Act, events: Sequence[Event]) -> None:
    """That he was back was a mistake."""
    for event in events:
        await store.follow(act.session, act.tenant_id, _matter(event), None)
    await _reinvite(act, events)


def _day(event: Event) -> date:
    return date.fromisoformat(event.facts["on"])


def _matter(event: Event) -> UUID:
    return UUID(event.facts["membership"])


async def _reinvite(act: Act, events: Sequence[Event]) -> None:
    await reinvite(act, {event.member_id for event in events if event.member_id is not None})
