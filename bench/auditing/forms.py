"""The forms of every branch by one job, and once more by a worker that is killed half-way."""

import time
from uuid import UUID

from sqlalchemy import func, select

from bench.importing import Statements, forget_peak, peak
from bench.resuming import taken_over
from zhibu.attachments import store as files
from zhibu.jobs.rules import State
from zhibu.jobs.tables import JobPart
from zhibu.settings import Settings
from zhibu.storage.homes import Home
from zhibu.testing.house import Institution
from zhibu.testing.works import job_of
from zhibu_audit_campaign.rules.plans import Level
from zhibu_audit_campaign.service.forms import writing
from zhibu_audit_campaign.tables import Audited

FORMS = ("lost_summary", "disposition_summary")


async def written(
    institution: Institution, settings: Settings, branches: int, *, killed: bool
) -> None:
    """A workbook for each branch, of the forms that go up to the city: how long it takes, and what
    it costs.
    """
    statements, id = Statements(), await _ask(institution)
    held, begun, busy = forget_peak(), time.perf_counter(), time.process_time()
    statements.forget()
    await institution.house.platform.jobs.run_waiting()
    taken, busy = time.perf_counter() - begun, time.process_time() - busy
    whole, size = await _result(institution, id, branches)
    parts = statements.counts["insert core_job_part"]
    print(f"  forms of {branches:,} branches in one job: {taken:.1f} s", end=", ")
    print(f"{branches / taken:,.1f} branches/s ({busy:.1f} s processor)", end="; ")
    print(f"{parts} parts, {statements.sent} statements", end="; ")
    print(f"memory {held} MB before, {peak()} MB at most; {size / 1e6:.1f} MB", flush=True)
    if killed:
        await _killed(institution, settings, branches, parts, whole)


async def _killed(
    institution: Institution, settings: Settings, branches: int, parts: int, whole: str
) -> None:
    statements, id = Statements(), await _ask(institution)
    tenant_id = institution.tenant.id
    left = await taken_over(
        institution.house, settings, tenant_id, parts // 2, counted=_kept, resumed=statements.forget
    )
    again, _ = await _result(institution, id, branches)
    after = statements.counts["insert core_job_part"]
    assert again == whole, (again, whole)
    print(f"  killed after {left} of {parts} parts, taken over: {after} parts written", end=", ")
    print(f"{left + after - parts} of them again", end="; ")
    print(f"the same file (digest {again[:16]})", flush=True)


async def _ask(institution: Institution) -> UUID:
    """The forms of the whole city, as its officer asks for them."""
    async with institution.by("municipal") as act:
        found = await act.session.scalar(
            select(Audited.id).where(
                Audited.tenant_id == act.tenant_id,
                Audited.organization_id == institution.units["root"].id,
                Audited.level == Level.MUNICIPALITY,
            )
        )
        assert found is not None
        return await writing.ask(act, found, FORMS, purpose="归档")


async def _kept(home: Home, tenant_id: UUID) -> int:
    """How many parts are kept."""
    async with home.view(tenant_id) as session:
        return int(await session.scalar(select(func.count()).select_from(JobPart)) or 0)


async def _result(institution: Institution, id: UUID, branches: int) -> tuple[str, int]:
    """The digest of what the job gave, and its size."""
    job = await job_of(institution, id)
    assert job.state is State.SUCCEEDED, job
    assert job.outcome is not None
    assert job.outcome["branches"] >= branches, job.outcome
    assert job.result_id is not None
    async with institution.operator() as act:
        file = await files.file(act.session, act.tenant_id, job.result_id)
    assert file is not None
    return file.sha256, file.size
