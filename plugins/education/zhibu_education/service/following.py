"""What education does when something happens elsewhere: standings follow members and rules.

Each listener is told all events of one name together and computes once for all of them.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.jobs import service as jobs
from zhibu.jobs.work import Task, Work
from zhibu.members.public import CORRECTED
from zhibu.organizations.public import organization_of
from zhibu.parameters.public import PACK_APPLIED, PACK_RELEASED
from zhibu_education.service.standings import MANY, recount, refresh
from zhibu_education.store import kept, people

# What of a member the requirement depends on and a correction may change.
DECISIVE = frozenset({"kind", "admitted_on"})


async def member_changed(act: Act, events: Sequence[Event]) -> None:
    """Members were entered, corrected, left, or got a post: the requirement may differ."""
    members = {
        event.member_id for event in events if event.member_id is not None and _decides(event)
    }
    if not members:
        return
    await _follow(act, members, begin=members)


async def member_moved(act: Act, events: Sequence[Event]) -> None:
    """Members belong elsewhere now: the rules of the new branch hold for the year."""
    members = {event.member_id for event in events if event.member_id is not None}
    await _follow(act, members, begin=members, counted=True)


async def unit_changed(act: Act, events: Sequence[Event]) -> None:
    """Units were moved, merged or split: other rules may hold for whoever belongs to them."""
    tops = _tops({event.path for event in events if event.path})
    members = await people.members_below(act.session, act.tenant_id, tops, act.touched)
    await _follow(act, members, counted=True)


async def rule_changed(act: Act, events: Sequence[Event]) -> None:
    """Parameters of education were overridden: compute again what they decided below that unit.

    Of a rule pack every parameter may have changed. Years that ended before a change stay as they
    were; all years from it on follow.
    """
    ours = [(event.path, _since(event)) for event in events if event.path and _is_ours(event)]
    for top in _tops({path for path, _ in ours}):
        members = await people.members_below(act.session, act.tenant_id, [top])
        since = min(since for path, since in ours if path.startswith(top))
        await _follow(act, members, counted=True, since=since)


async def switched(act: Act, events: Sequence[Event]) -> None:
    """Education is on again somewhere: make up for what happened there while it was off.

    Who is there without a standing gets one; of many members a job does it.
    """
    ours = {
        event.path: event.subject[1]
        for event in events
        if event.facts["plugin"] == "education" and event.facts["enabled"] and event.path
    }
    for top in _tops(ours):
        organization = ours[top]
        assert organization is not None, "a plugin is switched at an organization"
        members = await people.members_below(act.session, act.tenant_id, [top])
        if len(members) <= MANY:
            await _make_up(act, top, members)
            continue
        given = {"organization": organization.hex}
        key = f"{RESUMED.kind}:{organization.hex}"
        await jobs.enqueue(act, RESUMED, given, top, key=key, as_system=True)


async def _resume(task: Task) -> Mapping[str, Any]:
    async with task.act() as act:
        unit = await organization_of(act, UUID(task.arguments["organization"]), seen_by=None)
        members = await people.members_below(act.session, act.tenant_id, [unit.path])
        await _make_up(act, unit.path, members)
    return {"members": len(members)}


RESUMED = Work(kind="education.resumed", run=_resume, retries=2, long=True)


async def _make_up(act: Act, path: str, members: Collection[UUID]) -> None:
    there = await people.members_under(act.session, act.tenant_id, path, act.today.year)
    await _follow(act, members, begin=there, counted=True)


async def _follow(
    act: Act,
    members: Collection[UUID],
    *,
    begin: Collection[UUID] = (),
    counted: bool = False,
    since: int = 0,
) -> None:
    """Compute every year from `since` on that is kept of these members; of `begin` this one too."""
    found = await kept.years_of(act.session, act.tenant_id, {*members, *begin})
    years = {(member, year) for member, year in found if year >= since}
    years |= {(member, act.today.year) for member in begin}
    if counted:
        await recount(act, years)
    await refresh(act, years, held=True)


def _decides(event: Event) -> bool:
    """Whether it may change what a member must study; most corrections do not."""
    return event.name != CORRECTED or not DECISIVE.isdisjoint(event.facts["after"])


def _is_ours(event: Event) -> bool:
    name = event.facts.get("name", "")
    packed = event.name in (PACK_APPLIED, PACK_RELEASED) and event.facts["count"] > 0
    return packed or str(name).startswith("education.")


def _since(event: Event) -> int:
    since = event.facts.get("since")
    return date.fromisoformat(since).year if since else 0


def _tops(paths: Collection[str]) -> list[str]:
    """Those of the paths that lie under none of the others."""
    found: list[str] = []
    for path in sorted(paths):
        if not found or not path.startswith(found[-1]):
            found.append(path)
    return found
