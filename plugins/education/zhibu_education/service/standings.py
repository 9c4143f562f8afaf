"""Keeping where members stand, in the transaction of whatever changed it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.calendar import year_refusals
from zhibu.errors import refuse
from zhibu.jobs import service as jobs
from zhibu.jobs.work import Task, Work
from zhibu.organizations.public import organization_of
from zhibu_education import actions
from zhibu_education.public import CERTIFICATE_UNCOVERED, YEAR_OPENED
from zhibu_education.rules.certificates import uncovered_on
from zhibu_education.rules.requirement import requirement
from zhibu_education.rules.standing import Hours
from zhibu_education.service import amounts
from zhibu_education.service.rows import event
from zhibu_education.store import certificates, kept, people
from zhibu_education.store import credits as credit_store
from zhibu_education.store import standings as store
from zhibu_education.store.chunks import chunks

MANY = 2_000  # members whose year is opened within a request


async def open_year(act: Act, organization_id: UUID, year: int) -> int:
    """Compute the standing of everybody at or below a unit; say how many.

    Opening a year that is open computes it afresh from the records: nothing is lost by it.
    """
    unit = await organization_of(act, organization_id)
    act.require(actions.OPEN_YEAR, unit.path)
    refuse(year_refusals(year))
    members = await people.members_under(act.session, act.tenant_id, unit.path, year)
    await kept.forget_under(act.session, act.tenant_id, unit.path, year)
    await recount(act, {(member, year) for member in members})
    await refresh(act, {(member, year) for member in members})
    act.record(
        Event(
            name=YEAR_OPENED,
            subject=("Organization", organization_id),
            path=unit.path,
            facts={"year": year, "members": len(members)},
        )
    )
    return len(members)


async def open_large_year(act: Act, organization_id: UUID, year: int) -> tuple[int, UUID | None]:
    """Open the year at once, or by a job where that takes longer than a request may.

    How many members it is about, and the job.
    """
    unit = await organization_of(act, organization_id)
    act.require(actions.OPEN_YEAR, unit.path)
    refuse(year_refusals(year))
    members = len(await people.members_under(act.session, act.tenant_id, unit.path, year))
    if members <= MANY:
        return await open_year(act, organization_id, year), None
    given = {"organization": organization_id.hex, "year": year}
    key = f"{YEAR.kind}:{organization_id.hex}:{year}"
    return members, await jobs.enqueue(act, YEAR, given, unit.path, key=key)


async def _open_year(task: Task) -> Mapping[str, Any]:
    async with task.act() as act:
        organization = UUID(task.arguments["organization"])
        return {"members": await open_year(act, organization, task.arguments["year"])}


YEAR = Work(kind="education.year_open", run=_open_year, retries=2, long=True)


async def hold(act: Act, members: Collection[UUID]) -> None:
    """Keep other acts from changing these members' hours until this one is over."""
    await people.hold(act.session, act.tenant_id, set(members))


async def refresh(act: Act, members: Iterable[tuple[UUID, int]], *, held: bool = False) -> None:
    """Compute these members' years again and keep them; the caller has authorised the act.

    Once per year and thousand members, however many: an import calls it once for all of its rows.
    `held` says that the act holds these members already.
    """
    by_year = _by_year(members)
    if not held:
        await hold(act, set().union(*by_year.values()))
    for year, ids in sorted(by_year.items()):
        await _refresh(act, year, ids)


async def recount(act: Act, members: Iterable[tuple[UUID, int]]) -> None:
    """Decide anew what counts of these members' hours, day by day as the rule was in force.

    The rule of a year is that of the branch a member belongs to now, also for hours from before a
    transfer: one member is never held to two rules.
    """
    by_year = _by_year(members)
    paths = await people.paths_of(act.session, act.tenant_id, set().union(*by_year.values()))
    for year, ids in sorted(by_year.items()):
        alike: dict[tuple[amounts.Spell, ...], list[UUID]] = defaultdict(list)
        spells = {path: tuple(amounts.spells_of_forms(act, year, path)) for path in paths.values()}
        for id in ids & paths.keys():
            alike[spells[paths[id]]].append(id)
        for rule, same in alike.items():
            for first, last, forms in rule:
                await credit_store.recount(act.session, act.tenant_id, same, forms, first, last)


async def _refresh(act: Act, year: int, ids: set[UUID]) -> None:
    wanted = sorted(ids)
    for start in range(0, len(wanted), kept.CHUNK):  # a large import is not held in memory
        await _refresh_part(act, year, wanted[start : start + kept.CHUNK])


async def _refresh_part(act: Act, year: int, ids: Collection[UUID]) -> None:
    found = await _differing(act, year, ids)
    act.touch(*(one.organization_id for one, _ in found))
    await kept.keep(act.session, act.tenant_id, year, [now for _, now in found])
    certified = {one.member_id: one.path for one, _ in found if one.certified}
    if certified:
        counts = {now.member_id: now.hours for _, now in found if now.member_id in certified}
        await _certify(act, year, counts, certified)


async def _differing(
    act: Act, year: int, ids: Collection[UUID]
) -> list[tuple[store.Candidate, kept.Kept]]:
    """Those of the members whose year is kept as something else, with what it should be."""
    found = await store.candidates(act.session, act.tenant_id, year, members=ids)
    in_force = {path: amounts.of_year(act, year, path) for path in {one.path for one in found}}
    differing = []
    for one in found:
        needed = requirement(one.person, year, in_force[one.path])
        hours = Hours(
            required=needed.hours,
            verified=one.verified,
            pending=one.pending,
            enrolled=one.enrolled,
        )
        now = kept.Kept(member_id=one.member_id, hours=hours, ground=needed.ground)
        if now != one.kept:
            differing.append((one, now))
    return differing


async def again(act: Act, keep: bool) -> Mapping[UUID, int]:
    """Compute every standing that is kept anew; how many, by organization, were otherwise."""
    wrong: Counter[UUID] = Counter()
    by_year = _by_year(await kept.kept_years(act.session, act.tenant_id))
    if keep:
        await hold(act, set().union(*by_year.values()))
    for year, ids in sorted(by_year.items()):
        for part in chunks(sorted(ids), kept.CHUNK):
            if keep:
                await recount(act, {(id, year) for id in part})
            differing = await _differing(act, year, part)
            wrong.update(one.organization_id for one, _ in differing)
            if keep:
                await _refresh_part(act, year, {one.member_id for one, _ in differing})
    return wrong


async def _certify(
    act: Act, year: int, hours: Mapping[UUID, Hours], paths: Mapping[UUID, str]
) -> None:
    """Say of certificates whose hours changed whether they still say what counts."""
    since: dict[UUID, date | None] = {}
    for each in await certificates.valid_of(act.session, act.tenant_id, year, hours):
        now = hours[each.member_id]
        day = uncovered_on(each, now, act.today)
        if day == each.uncovered_on:
            continue
        since[each.id] = day
        if day is not None:
            said = event(
                CERTIFICATE_UNCOVERED,
                ("EducationCertificate", each.id),
                paths[each.member_id],
                each.member_id,
                year=year,
                serial=each.serial,
                hours=each.hours,
                verified=now.verified,
                required=now.required,
            )
            act.record(said)
    await certificates.wait(act.session, act.tenant_id, since)


def _by_year(members: Iterable[tuple[UUID, int]]) -> dict[int, set[UUID]]:
    by_year: dict[int, set[UUID]] = defaultdict(set)
    for member, year in members:
        by_year[year].add(member)
    return by_year
