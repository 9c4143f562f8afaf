"""What dues do when something happens elsewhere: months follow members, places and rules.

Each listener is told all events of one name together and reckons once for all of them.
"""

from collections.abc import Collection, Sequence

from zhibu.act import Act, Event
from zhibu.members.public import CORRECTED
from zhibu.parameters.public import PACK_APPLIED, PACK_RELEASED
from zhibu_dues.service.months import refresh
from zhibu_dues.store import people


async def member_changed(act: Act, events: Sequence[Event]) -> None:
    """Members were admitted, left, rested or moved: other months may be owed, on other days."""
    await refresh(
        act,
        {event.member_id for event in events if event.member_id is not None and _decides(event)},
    )


async def unit_changed(act: Act, events: Sequence[Event]) -> None:
    """Units were moved, merged or split: other collection days may hold for who is there."""
    await _below(act, {event.path for event in events if event.path})


async def rule_changed(act: Act, events: Sequence[Event]) -> None:
    """Parameters of dues were overridden. What was fixed by a standard stays as it was fixed."""
    await _below(act, {event.path for event in events if event.path and _is_ours(event)})


async def switched(act: Act, events: Sequence[Event]) -> None:
    """Dues are on again somewhere: make up for what happened there while they were off."""
    ours = {
        event.path
        for event in events
        if event.path and event.facts["plugin"] == "dues" and event.facts["enabled"]
    }
    await _below(act, ours)


async def _below(act: Act, paths: Collection[str]) -> None:
    if paths:
        await refresh(act, await people.members_below(act.session, act.tenant_id, paths))


def _decides(event: Event) -> bool:
    """Whether it may change which months are owed; most corrections do not."""
    return event.name != CORRECTED or "admitted_on" in event.facts["after"]


def _is_ours(event: Event) -> bool:
    packed = event.name in (PACK_APPLIED, PACK_RELEASED) and event.facts["count"] > 0
    return packed or str(event.facts.get("name", "")).startswith("dues.")
