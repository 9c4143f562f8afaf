"""What education does when something happens elsewhere: standings follow members and rules."""

from uuid import UUID

from zhibu.act import Act, Event
from zhibu_education.service import amounts
from zhibu_education.service.standings import refresh, refresh_kept
from zhibu_education.store import credits as credit_store
from zhibu_education.store import standings as store


async def member_changed(act: Act, event: Event) -> None:
    """A member was admitted, moved, corrected, left, or got a post: the requirement may differ."""
    if event.member_id is not None:
        await refresh(act, {(event.member_id, act.today.year)})
        await refresh_kept(act, [event.member_id])


async def rule_changed(act: Act, event: Event) -> None:
    """A parameter of education was overridden: compute again what it decided below that unit."""
    if not str(event.facts.get("name", "")).startswith("education.") or event.path is None:
        return
    year = act.today.year
    members = await store.members_under(act.session, act.tenant_id, event.path, year)
    if event.facts["name"] == "education.modes_counted":
        await _recount(act, members, event.path, year)
    await refresh(act, {(member, year) for member in members})


async def _recount(act: Act, members: list[UUID], path: str, year: int) -> None:
    """Decide anew what of this year's hours counts, day by day as the rule was in force."""
    for first, last, forms in amounts.spells_of_forms(act, year, path):
        await credit_store.recount(act.session, act.tenant_id, members, forms, first, last)
