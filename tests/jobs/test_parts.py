"""What was written in parts is not written again, and the whole is the same, whoever was lost."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from zhibu.attachments import store as files
from zhibu.jobs import parts, store
from zhibu.jobs.archives import packed
from zhibu.jobs.rules import LEASE, JobFacts, State
from zhibu.jobs.running import Runner
from zhibu.jobs.sweeping import SWEEP
from zhibu.jobs.work import LeaseLost, Task, Work
from zhibu.storage.attachments import AttachmentMissing
from zhibu.testing.house import Institution
from zhibu.testing.works import ask_for, job_of

COUNT = 4


class Writer:
    """Work of four parts, which is lost as by a power cut before the part that it is told."""

    def __init__(self, lost_at: int | None = None) -> None:
        self.lost_at = lost_at
        self.written: list[int] = []
        self.work = Work(kind="parts", run=self.run, retries=1)
        self.seen: list[Task] = []

    async def run(self, task: Task) -> Mapping[str, Any]:
        self.seen.append(task)
        done = await parts.kept(task)
        for number in range(COUNT):
            if number == self.lost_at:
                raise LeaseLost("a power cut")
            if number not in done:
                self.written.append(number)
                await parts.keep(task, number, {f"{number}.txt": b"%d" % number}, rows=number)
        await parts.give(task, "all.zip", count=COUNT)
        return {}


async def done(institution: Institution, writer: Writer) -> None:
    assert await Runner(institution.house.platform, [writer.work]).run_waiting() == 1


async def kept(institution: Institution, job: JobFacts) -> list[int]:
    tenant_id = institution.tenant.id
    async with institution.house.platform.homes.home(tenant_id).view(tenant_id) as session:
        return [part.number for part in await store.parts.of_job(session, tenant_id, job.id)]


async def result(institution: Institution, job: JobFacts) -> bytes:
    assert job.result_id is not None
    async with institution.operator() as act:
        file = await files.file(act.session, act.tenant_id, job.result_id)
    assert file is not None
    assert (file.name, file.media_type) == ("all.zip", "application/zip")
    return institution.house.platform.attachments.read(institution.tenant.id, file.sha256)


async def test_whoever_follows_a_lost_worker_writes_the_parts_that_are_missing(
    institution: Institution,
) -> None:
    id, writer = await ask_for(institution, Writer().work), Writer(lost_at=2)
    await done(institution, writer)
    lost, attachments = await job_of(institution, id), institution.house.platform.attachments
    assert (lost.state, await kept(institution, lost)) == (State.RUNNING, [0, 1])
    institution.house.now += LEASE * 2
    after = Writer()
    await done(institution, after)
    assert (writer.written, after.written) == ([0, 1], [2, 3])
    ended = await job_of(institution, id)
    assert (ended.state, ended.attempt) == (State.SUCCEEDED, 2)
    assert await kept(institution, ended) == []
    found = await result(institution, ended)
    at = lost.created_at.astimezone(institution.tenant.zone)
    assert found == packed({f"{number}.txt": b"%d" % number for number in range(COUNT)}, at)
    with pytest.raises(LeaseLost):
        await parts.keep(writer.seen[0], 9, {"late.txt": b"late"})
    assert await kept(institution, ended) == []
    institution.house.now = datetime.now(UTC)  # by night, two days later, as files say their age
    await institution.later(days=2)
    worker = Runner(institution.house.platform, [], [SWEEP])
    await worker.tick()
    await worker.run_waiting()
    assert sum(attachments.numbers(institution.tenant.id).values()) == 0


async def test_parts_end_with_work_that_was_lost_too_often(institution: Institution) -> None:
    writer = Writer(lost_at=1)
    writer.work = replace(writer.work, retries=0)
    id = await ask_for(institution, writer.work)
    await done(institution, writer)
    institution.house.now += LEASE * 2
    assert await Runner(institution.house.platform, [writer.work]).run_waiting() == 0
    ended = await job_of(institution, id)
    assert (ended.state, await kept(institution, ended)) == (State.INTERRUPTED, [])


async def test_parts_that_were_forgotten_while_they_were_packed_are_no_result(
    institution: Institution, monkeypatch: pytest.MonkeyPatch
) -> None:
    id, writer = await ask_for(institution, Writer().work), Writer()
    together, tenant_id = parts._together, institution.tenant.id

    async def forgotten(task: Task, found: Any) -> Any:
        async for each in together(task, found):
            yield each
        if len(writer.seen) == 1:
            async with institution.operator() as act:
                await store.parts.forget(act.session, tenant_id, act.now + LEASE)

    monkeypatch.setattr(parts, "_together", forgotten)
    await done(institution, writer)
    failed = await job_of(institution, id)
    assert (failed.state, failed.result_id) == (State.WAITING, None)
    institution.house.now += LEASE * 2
    await done(institution, writer)
    assert writer.written == [*range(COUNT)] * 2
    assert (await job_of(institution, id)).state is State.SUCCEEDED


async def test_contents_of_parts_are_records_until_they_are_forgotten(
    institution: Institution,
) -> None:
    writer = Writer(lost_at=1)
    id = await ask_for(institution, writer.work)
    await done(institution, writer)
    tenant_id, attachments = institution.tenant.id, institution.house.platform.attachments
    async with institution.operator() as act:
        (sha256,) = await files.contents(act.session, tenant_id)
        assert await files.kept_among(act.session, tenant_id, [sha256]) == {sha256}
        assert await store.parts.forget(act.session, tenant_id, act.now) == set()
        act.now += LEASE
        assert await store.parts.forget(act.session, tenant_id, act.now) == {sha256}
        assert await files.contents(act.session, tenant_id) == []
    attachments.discard(tenant_id, sha256, before=datetime.now(UTC) + LEASE)
    with pytest.raises(parts.PartGone):
        await parts.give(writer.seen[0], "all.zip", count=1)
    with pytest.raises(AttachmentMissing):
        attachments.open(tenant_id, sha256)
    institution.house.now += LEASE * 2
    after = Writer()
    await done(institution, after)
    assert after.written == [*range(COUNT)]
    assert (await job_of(institution, id)).state is State.SUCCEEDED


def test_an_archive_is_the_same_from_the_same_files_and_any_program_reads_it() -> None:
    at = datetime(2026, 7, 1, 12, 30, tzinfo=UTC)
    named = {"第一党委/第一支部.xlsx": b"1" * 3, "empty": b""}
    assert packed(named, at) == packed(named, at)
    with zipfile.ZipFile(io.BytesIO(packed(named, at))) as opened:
        assert opened.testzip() is None
        assert {each: opened.read(each) for each in opened.namelist()} == named
        assert opened.infolist()[0].date_time == (2026, 7, 1, 12, 30, 0)
