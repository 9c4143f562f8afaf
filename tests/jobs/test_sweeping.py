"""Every night what has had its day goes, and nothing else."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from zhibu.accounts.tables import SignIn
from zhibu.attachments import service as files
from zhibu.attachments import store as kept_files
from zhibu.events import receipts
from zhibu.jobs import store
from zhibu.jobs.rules import JobFacts, State
from zhibu.jobs.running import Runner
from zhibu.jobs.sweeping import KEPT_SLOTS, SWEEP
from zhibu.jobs.work import Task, Work
from zhibu.storage.attachments import Stored
from zhibu.testing.house import Institution
from zhibu.testing.works import ask_for

PDF = b"%PDF-1.7 "


async def stored(institution: Institution, content: bytes) -> Stored:
    async def whole():
        yield PDF + content

    return await institution.house.platform.attachments.put(institution.tenant.id, whole(), 100)


async def sweep(institution: Institution) -> None:
    worker = Runner(institution.house.platform, [], [SWEEP])
    await worker.tick()
    assert await worker.run_waiting() == 1


async def jobs(institution: Institution) -> dict[str, JobFacts]:
    async with institution.operator() as act:
        found = await store.jobs_of(
            act.session, act.tenant_id, institution.accounts["officer"], limit=100
        )
    return {job.kind: job for job in found}


async def test_results_go_after_a_day_with_their_contents_unless_somebody_keeps_them(
    institution: Institution,
) -> None:
    private = await stored(institution, b"private")
    shared = await stored(institution, b"shared")

    async def give(task: Task) -> None:
        async with task.act() as act:
            await files.add_private(act, shared, "shared.pdf")
            task.result_id = await files.add_private(act, private, "private.pdf")

    work = Work(kind="give", run=give)
    await ask_for(institution, work)
    await Runner(institution.house.platform, [work]).run_waiting()
    async with institution.by("officer") as act:
        place = await files.place_of(
            act, organization_id=institution.units["branch"].id, member_id=None
        )
        await files.add(act, place, shared, "shared.pdf")
    (job,) = (await jobs(institution)).values()
    assert job.result_id is not None
    await sweep(institution)
    assert (await jobs(institution))["give"].result_id == job.result_id

    attachments, tenant_id = institution.house.platform.attachments, institution.tenant.id
    folder = institution.house.platform.settings.data / tenant_id.hex
    moment = institution.house.now.timestamp()
    for file in (file for file in folder.rglob("*") if file.is_file()):
        os.utime(file, (moment, moment))
    institution.house.now += timedelta(days=1, seconds=1)
    await sweep(institution)
    assert (await jobs(institution))["give"].result_id is None
    async with institution.operator() as act:
        assert await kept_files.file(act.session, tenant_id, job.result_id) is None
    attachments.verify(tenant_id, shared.sha256)
    assert [file.name for file in folder.rglob("*") if file.is_file()] == [shared.sha256]


Midway = Callable[[pytest.MonkeyPatch], None]


def killed_before_anything_is_discarded(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("zhibu.storage.attachments.keeping.os.replace", killed)


def killed_once_the_content_is_put_aside(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Path, "unlink", killed)


def killed(*_: object) -> None:
    raise ConnectionError("killed")


@pytest.mark.parametrize(
    "midway", [killed_before_anything_is_discarded, killed_once_the_content_is_put_aside]
)
async def test_a_content_whose_file_was_forgotten_goes_also_after_a_kill_before_it_is_discarded(
    institution: Institution, midway: Midway, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = await stored(institution, b"private")
    kept = await stored(institution, b"kept")
    aside = await stored(institution, b"aside")
    async with institution.by("officer") as act:
        id = await files.add_private(act, private, "private.pdf")
        place = await files.place_of(act, organization_id=institution.units["branch"].id)
        await files.add(act, place, kept, "kept.pdf")
        await files.add(act, place, aside, "aside.pdf")
    folder = institution.house.platform.settings.data / institution.tenant.id.hex
    (folder / f"{'0' * 32}.part").write_bytes(b"an upload that died")
    away = folder / aside.sha256[:2] / aside.sha256
    away.rename(away.with_suffix(".gone"))  # by one that died; handed in again, it has a file
    moment = institution.house.now.timestamp()
    for file in (file for file in folder.rglob("*") if file.is_file()):
        os.utime(file, (moment, moment))
    institution.house.now += timedelta(days=1, seconds=1)
    with monkeypatch.context() as patch:
        midway(patch)
        await swept(institution)
    async with institution.operator() as act:
        assert await kept_files.file(act.session, act.tenant_id, id) is None
    left = [file.stem for file in folder.rglob("*") if file.is_file()]
    assert private.sha256 in left
    under_way = await stored(institution, b"handed in while the sweep looks")
    moment = institution.house.now.timestamp()
    os.utime(folder / under_way.sha256[:2] / under_way.sha256, (moment, moment))
    institution.house.now += timedelta(days=1)
    await swept(institution)
    left = [file.name for file in folder.rglob("*") if file.is_file()]
    assert sorted(left) == sorted([kept.sha256, aside.sha256, under_way.sha256])


async def swept(institution: Institution) -> None:
    """As often as it takes, or is tried."""
    worker = Runner(institution.house.platform, [], [SWEEP])
    await worker.tick()
    assert await worker.run_waiting() >= 1


async def test_jobs_and_receipts_go_when_they_count_no_more(institution: Institution) -> None:
    now = institution.house.now
    later = now + timedelta(days=365)
    await ask_for(institution, Work(kind="waiting", run=SWEEP.run), not_before=later)
    asked = Work(kind="asked", run=lambda task: _nothing())
    own = Work(kind="own", run=lambda task: _nothing())
    await ask_for(institution, asked)
    own_id = await ask_for(institution, own, login=None)
    await Runner(institution.house.platform, [asked, own]).run_waiting()
    async with institution.by("officer") as act:
        given = (act.session, act.tenant_id, institution.accounts["officer"], "key", "m", b"d")
        assert await receipts.recall(*given, now) is None

    institution.house.now = now + KEPT_SLOTS + timedelta(seconds=1)
    await sweep(institution)
    async with institution.operator() as act:
        assert await store.job(act.session, act.tenant_id, own_id) is None
        receipt = await act.session.execute(_RECEIPTS)
        assert receipt.all() == []
        assert (await act.session.execute(_SESSIONS)).all() != []
    assert {kind: job.state for kind, job in (await jobs(institution)).items()} == {
        "waiting": State.WAITING,
        "asked": State.SUCCEEDED,
    }
    institution.house.now = now + timedelta(days=181)
    await sweep(institution)
    assert list(await jobs(institution)) == ["waiting"]
    async with institution.operator() as act:
        assert (await act.session.execute(_SESSIONS)).all() == []


async def _nothing() -> None: ...


_SESSIONS = select(SignIn.id)
_RECEIPTS = receipts.select(receipts.Receipt.key)
