"""Proposing for whole units: when somebody asks, and every night."""

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import time
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import refuse
from zhibu.jobs import service as jobs
from zhibu.jobs.work import Schedule, Task, Work
from zhibu.organizations.public import organization_of
from zhibu_scoring import actions
from zhibu_scoring.errors import SchemeMalformed
from zhibu_scoring.rules.years import open_refusals, open_years
from zhibu_scoring.service import proposing
from zhibu_scoring.service.proposing import Proposed
from zhibu_scoring.service.terms import closing_months
from zhibu_scoring.store import people

MANY = 300  # members whose points are proposed within a request
PAGE = 200  # branches read at a time


async def ask(act: Act, organization_id: UUID, year: int) -> tuple[Proposed, UUID | None]:
    """Propose at once what the records say, or by a job where a request is too short for it."""
    unit = await organization_of(act, organization_id)
    act.require(actions.PROPOSE, unit.path)
    refuse(open_refusals(year, act.today, closing_months(act, unit.path)))
    members = await people.members_below(
        act.session, act.tenant_id, unit.path, year, today=act.today
    )
    if len(members) <= MANY:
        return await proposing.of(act, members, year), None
    given = {"organization": organization_id.hex, "year": year}
    key = f"{PROPOSE.kind}:{organization_id.hex}:{year}"
    return Proposed(), await jobs.enqueue(act, PROPOSE, given, unit.path, key=key)


async def branches(task: Task, path: str) -> AsyncIterator[tuple[UUID, str]]:
    """Every branch at or below a path, a page at a time however many there are."""
    after = ""
    while True:
        async with task.act() as act:
            page = await people.branches_below(
                act.session, act.tenant_id, path, after=after, first=PAGE
            )
        for branch in page:
            yield branch.id, branch.path
        if len(page) < PAGE:
            return
        after = page[-1].path


async def _below(
    task: Task, path: str, years: Callable[[str], Mapping[int, bool]]
) -> Mapping[str, Any]:
    """Branch by branch, each in a transaction of its own: what was done stays when it is lost.

    `years` are those of a branch, each with whether points of it are proposed still.
    """
    done, skipped, total = 0, 0, Proposed()
    async for _, branch in branches(task, path):
        for year, is_open in years(branch).items():
            try:
                async with task.act() as act:
                    if act.switches.enabled(actions.PROPOSE.plugin, branch):
                        total += await proposing.below(act, branch, year, is_open=is_open)
            except SchemeMalformed:
                skipped += 1  # whoever looks at the branch is told; the others are not kept waiting
        done += 1
        await task.progress(done)
    return {**vars(total), "branches": done, "skipped": skipped}


async def _asked(task: Task) -> Mapping[str, Any]:
    async with task.act() as act:
        unit = await organization_of(act, UUID(task.arguments["organization"]))
        act.require(actions.PROPOSE, unit.path)
    return await _below(task, unit.path, lambda _: {task.arguments["year"]: True})


async def _nightly(task: Task) -> Mapping[str, Any]:
    async with task.act() as act:
        begun = act

    def years(path: str) -> Mapping[int, bool]:
        current = begun.today.year
        found = open_years(begun.today, closing_months(begun, path))
        return {year: year in found for year in (current - 1, current)}

    return await _below(task, "", years)


async def _wanted(platform: Any, tenant: Any) -> bool:
    switches = (await platform.snapshot(tenant.id)).switches
    return bool(switches.anywhere(actions.PROPOSE.plugin))


PROPOSE = Work(kind="scoring.propose", run=_asked, retries=2, long=True)
NIGHTLY = Schedule(
    name="scoring.propose_daily", at=time(2, 20), run=_nightly, when=_wanted, retries=3, long=True
)
