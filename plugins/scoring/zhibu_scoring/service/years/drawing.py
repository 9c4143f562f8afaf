"""Summing a year up: the recorder for his branch, or a job for all branches below (S4-30)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.calendar import checked_year
from zhibu.errors import Refused, refuse
from zhibu.identifiers import new_id
from zhibu.jobs import service as jobs
from zhibu.jobs.work import Task, Work
from zhibu.organizations.public import Unit, organization_of
from zhibu_scoring import actions
from zhibu_scoring.errors import SchemeMalformed
from zhibu_scoring.public import YEAR_DRAWN_UP
from zhibu_scoring.rules.results import results
from zhibu_scoring.rules.years import Stand, drawing_refusals
from zhibu_scoring.service.sweeping import branches
from zhibu_scoring.service.years.reckoning import reckoned, terms
from zhibu_scoring.service.years.rolls import KIND, say
from zhibu_scoring.store import people
from zhibu_scoring.store import years as store
from zhibu_scoring.store.people import ASSESSING

# What a year that is drawn up again no longer says; why it was returned stays.
AFTERWARDS = (
    "body",
    "held_on",
    "entitled",
    "present",
    "in_favour",
    "minutes",
    "decided_by",
    "decided_late_reason",
    "noticed_on",
    "notice_until",
    "notice_place",
    "noticed_late_reason",
    "concluded_by",
    "concluded_on",
    "reopened_on",
)


async def draw_up(act: Act, organization_id: UUID, year: int) -> tuple[UUID | None, UUID | None]:
    """A branch's year, or, of a unit above branches, the job that draws up all of theirs."""
    unit = await organization_of(act, organization_id)
    act.require(actions.DRAW_UP, unit.path)
    checked_year(year)
    if unit.kind in ASSESSING:
        return await of_branch(act, unit, year), None
    refuse(drawing_refusals(None, year, act.today))
    given = {"organization": organization_id.hex, "year": year}
    key = f"{YEARS.kind}:{organization_id.hex}:{year}"
    return None, await jobs.enqueue(act, YEARS, given, unit.path, key=key)


async def of_branch(act: Act, unit: Unit, year: int) -> UUID:
    """Sum a branch's year up, instead of what was drawn up before. The act is authorised."""
    await store.hold(act.session, act.tenant_id, unit.id)
    known = await store.year_of(act.session, act.tenant_id, unit.id, year)
    refuse(drawing_refusals(known, year, act.today))
    roll = await people.members_at(act.session, act.tenant_id, unit.id, year, hold=True)
    members = roll.members
    standings, scheme = await reckoned(act, members, unit.path, year)
    found = results(standings, terms(act, unit.path, year))
    values = {
        "stand": Stand.DRAWN_UP,
        "basis": str(scheme.basis),
        "drawn_up_by": act.caller.account_id,
        "drawn_up_on": act.today,
        **dict.fromkeys(AFTERWARDS),
    }
    id = new_id() if known is None else known.id
    if known is None:
        new = {"id": id, "organization_id": unit.id, "year": year, **values}
        await store.add(act.session, act.tenant_id, new)
    else:
        await store.forget(act.session, act.tenant_id, id)
        await store.change(act.session, act.tenant_id, id, **values)
    if roll.given_up:
        await store.release(act.session, act.tenant_id, members, roll.given_up)
    await store.keep(act.session, act.tenant_id, id, year, found)
    say(act, YEAR_DRAWN_UP, unit, (KIND, id), year=year, members=len(found))
    return id


async def _draw_up_all(task: Task) -> Mapping[str, Any]:
    """Branch by branch, each in a transaction of its own, in the order of the tree.

    What was drawn up stays when the worker is lost; the next one finds it and goes on after it.
    """
    year = int(task.arguments["year"])
    async with task.act() as act:
        above = await organization_of(act, UUID(task.arguments["organization"]))
        act.require(actions.DRAW_UP, above.path)
    done, drawn, skipped = 0, 0, 0
    async for id, path in branches(task, above.path):
        try:
            async with task.act() as act:
                if act.may(actions.DRAW_UP, path):
                    drawn += await _missing(act, id, year)
        except (SchemeMalformed, Refused):
            skipped += 1  # whoever looks at the branch is told
        done += 1
        await task.progress(done)
    return {"branches": done, "drawn_up": drawn, "skipped": skipped}


async def _missing(act: Act, id: UUID, year: int) -> bool:
    """Draw a year up unless somebody did: a job overwrites nobody's work, nor its own."""
    await store.hold(act.session, act.tenant_id, id)
    if await store.year_of(act.session, act.tenant_id, id, year) is not None:
        return False
    await of_branch(act, await organization_of(act, id, seen_by=None), year)
    return True


YEARS = Work(kind="scoring.years_draw_up", run=_draw_up_all, retries=5, long=True)
