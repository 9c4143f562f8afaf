"""Keeping where members stand, in the transaction of whatever changed it."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.organizations.public import organization_of
from zhibu_education import actions
from zhibu_education.rules.requirement import requirement
from zhibu_education.rules.standing import Hours
from zhibu_education.service import amounts
from zhibu_education.store import standings as store


async def open_year(act: Act, organization_id: UUID, year: int) -> int:
    """Compute the standing of everybody at or below a unit; say how many.

    Opening a year that is open computes it afresh from the records: nothing is lost by it.
    """
    unit = await organization_of(act, organization_id)
    act.require(actions.OPEN_YEAR, unit.path)
    members = await store.members_under(act.session, act.tenant_id, unit.path, year)
    await store.forget_under(act.session, act.tenant_id, unit.path, year)
    await refresh(act, {(member, year) for member in members})
    act.record(
        Event(
            name="education.year_opened",
            subject=("Organization", organization_id),
            path=unit.path,
            facts={"year": year, "members": len(members)},
        )
    )
    return len(members)


async def refresh(act: Act, members: Iterable[tuple[UUID, int]]) -> None:
    """Compute these members' years again and keep them; the caller has authorised the act."""
    by_year: dict[int, set[UUID]] = defaultdict(set)
    for member, year in members:
        by_year[year].add(member)
    for year, ids in sorted(by_year.items()):
        await _refresh(act, year, ids)


async def refresh_kept(act: Act, members: Iterable[UUID]) -> None:
    """Compute again every year that is kept of these members."""
    await refresh(act, await store.years_of(act.session, act.tenant_id, sorted(set(members))))


async def _refresh(act: Act, year: int, ids: set[UUID]) -> None:
    found = await store.candidates(act.session, act.tenant_id, year, members=sorted(ids))
    in_force = {path: amounts.of_year(act, year, path) for path in {one.path for one in found}}
    kept = []
    for one in found:
        needed = requirement(one.person, year, in_force[one.path])
        hours = Hours(
            required=needed.hours,
            verified=one.verified,
            pending=one.pending,
            enrolled=one.enrolled,
        )
        kept.append(store.Kept(member_id=one.member_id, hours=hours, ground=needed.ground))
    await store.keep(act.session, act.tenant_id, year, kept)
    act.touch(*{one.organization_id for one in found})
