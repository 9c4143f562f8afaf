"""What education does when something happens elsewhere: standings follow members and rules."""

from collections.abc import Sequence

from zhibu.act import Act, Event
from zhibu_education.service import amounts
from zhibu_education.service.standings import refresh, refresh_kept
from zhibu_education.store import credits as credit_store
from zhibu_education.store import standings as store


async def members_changed(act: Act, events: Sequence[Event]) -> None:
    """Members were admitted, moved, corrected, left, or got posts: what they need may differ."""
    members = {event.member_id for event in events if event.member_id is not None}
    await refresh(act, {(member, act.today.year) for member in members})
    await refresh_kept(act, members)


async def rules_changed(act: Act, events: Sequence[Event]) -> None:
    """Parameters of education were overridden: decide again what they decide below those units."""
    year = act.today.year
    names_at: dict[str, set[str]] = {}
    for event in events:
        name = str(event.facts.get("name", ""))
        if name.startswith("education.") and event.path:
            names_at.setdefault(event.path, set()).add(name)
    for path, names in names_at.items():
        members = await store.members_under(act.session, act.tenant_id, path, year)
        if "education.modes_counted" in names:
            for first, last, forms in amounts.spells_of_forms(act, year, path):
                await credit_store.recount(act.session, act.tenant_id, members, forms, first, last)
        await refresh(act, {(member, year) for member in members})
