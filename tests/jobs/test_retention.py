"""What is no record goes when the institution says; so does what the gone are known by."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from zhibu.attachments import service as files
from zhibu.attachments import store as kept_files
from zhibu.due.tables import Delivery, Reminder, ReminderChannel
from zhibu.errors import NotFound
from zhibu.events.timeline import follow
from zhibu.events.verifying import verify
from zhibu.jobs import store as jobs
from zhibu.jobs.rules import State
from zhibu.jobs.running import Runner
from zhibu.jobs.service import enqueue
from zhibu.jobs.sweeping import SWEEP
from zhibu.jobs.tables import Job
from zhibu.jobs.work import Work
from zhibu.jobs.workbooks import IMPORT
from zhibu.members import service as members
from zhibu.members.public import ERASED, identity_numbers
from zhibu.members.rules import Change, Departure, Person, Step
from zhibu.members.service import Field
from zhibu.members.tables import Member
from zhibu.parameters.service import override
from zhibu.procedures import store as procedures
from zhibu.procedures.tables import Procedure, ProcedureDocument
from zhibu.retention import FAMILIAR, kept
from zhibu.storage.attachments import AttachmentMissing
from zhibu.storage.tables import Base
from zhibu.testing.contract import rows
from zhibu.testing.house import NOON, Institution

LONG_AGO = date(2026, 1, 1)
NUMBER = "11010519491231002X"
PHONE = "13800138000"


async def sweep(institution: Institution) -> None:
    worker = Runner(institution.house.platform, [], [SWEEP])
    await worker.tick()
    assert await worker.run_waiting() == 1


async def say(institution: Institution, **values: Any) -> None:
    """Let the institution keep things otherwise."""
    async with institution.operator() as act:
        for name, value in values.items():
            root = institution.units["root"].id
            await override(act, root, f"core.{name}", LONG_AGO, value, "本机构规定")


async def put(institution: Institution, *tables: str) -> None:
    """A row in each of these tables, of 2020, and whatever it refers to."""
    async with institution.operator() as act:
        await act.session.run_sync(
            lambda session: rows.put(
                session.connection(), Base.metadata, tables, institution.tenant.id
            )
        )


async def test_exports_may_be_fetched_as_long_as_the_institution_says(
    institution: Institution,
) -> None:
    async def content() -> Any:
        yield b"%PDF-1.7 private"

    await say(institution, keep_results=30)
    attachments, tenant_id = institution.house.platform.attachments, institution.tenant.id
    stored = await attachments.put(tenant_id, content(), 100)
    async with institution.by("officer") as act:
        id = await files.add_private(act, stored, "private.pdf")
        act.now += timedelta(hours=29, minutes=59)
        assert (await files.seen(act, id)).name == "private.pdf"
        act.now += timedelta(minutes=2)
        with pytest.raises(AttachmentMissing):
            await files.seen(act, id)
    for days, left in ((1, True), (2, False)):
        institution.house.now = NOON + timedelta(days=days)
        await sweep(institution)
        async with institution.operator() as act:
            found = await kept_files.file(act.session, tenant_id, id)
        assert (found is not None) is left


async def test_nothing_is_kept_without_end_and_sessions_as_long_as_they_vouch_for_addresses(
    institution: Institution,
) -> None:
    await say(institution, keep_sessions=1, keep_jobs=None)
    async with institution.operator() as act:
        lasting = kept(act.parameters, act.today)
    assert lasting.sessions == FAMILIAR
    assert lasting.jobs == timedelta(days=180)


async def test_sent_reminders_go_with_their_attempts_and_channels_stay(
    institution: Institution,
) -> None:
    await put(institution, "core_delivery")
    now = institution.house.now

    async def left(ended: datetime) -> list[int]:
        async with institution.operator() as act:
            await act.session.execute(update(Reminder).values(ended_at=ended))
        institution.house.now += timedelta(days=1)
        await sweep(institution)
        async with institution.operator() as act:
            tables = (Delivery, Reminder, ReminderChannel)
            return [len((await act.session.execute(select(each.id))).all()) for each in tables]

    assert await left(now - timedelta(days=178)) == [1, 1, 1]
    assert await left(datetime(2020, 1, 1, tzinfo=UTC)) == [0, 0, 1]


async def gone(institution: Institution, on: date, **more: Any) -> Person:
    """A member who left that day."""
    person = await institution.member(**more)
    step = Step(
        change=Change.LEFT,
        on=on,
        decision="讣告",
        decided_on=on,
        departure=Departure.DECEASED,
    )
    async with institution.operator() as act:
        return await members.change_stage(act, person.id, step)


async def erasures(institution: Institution) -> list[Any]:
    async with institution.operator() as act:
        entries = await follow(act.session, act.tenant_id, 0, 10_000)
    return [each for each in entries if each.event == ERASED]


async def test_what_the_gone_are_known_by_is_erased_when_the_institution_says_so(
    institution: Institution,
) -> None:
    house, tenant_id = institution.house, institution.tenant.id
    left = await gone(institution, date(2026, 1, 20), identity_number=NUMBER, phone=PHONE)
    stays = await institution.member(phone=PHONE)
    house.now = datetime(2028, 1, 1, 4, tzinfo=UTC)
    await sweep(institution)
    assert await erasures(institution) == [], "by default, never"
    await say(institution, erase_after_months=24)
    house.now = datetime(2028, 1, 19, 4, tzinfo=UTC)
    await sweep(institution)
    assert await erasures(institution) == [], "a day too early"
    house.now += timedelta(days=1)
    await sweep(institution)
    (entry,) = await erasures(institution)
    assert (entry.member_id, entry.facts["months"]) == (left.id, 24)
    assert NUMBER not in str(entry.facts)
    columns = (Member.identity_sealed, Member.identity_masked, Member.phone_sealed)
    async with institution.operator("committee_secretary") as act:
        mine = select(*columns, Member.phone_masked).where(Member.id == left.id)
        assert tuple((await act.session.execute(mine)).one()) == (b"", "", None, None)
        for field in Field:
            said = await members.open(act, left.id, field=field, reason="核对")
            assert said is None
        assert await members.open(act, stays.id, field=Field.PHONE, reason="核对") == PHONE
        page = (await identity_numbers(act, [left.id]))[left.id]
        assert (page.opened, page.number, page.phone) == (True, None, None)
    with pytest.raises(NotFound):
        async with institution.operator("committee_secretary") as act:
            await members.lookup(act, identity_number=NUMBER, reason="核对")
    again = await institution.member(identity_number=NUMBER)
    assert again.id != left.id
    found = await verify(house.platform.homes.home(tenant_id), tenant_id)
    assert found.sound
    house.now += timedelta(days=1)
    await sweep(institution)
    assert len(await erasures(institution)) == 1


async def test_proposals_about_the_gone_are_erased_once_they_are_over(
    institution: Institution,
) -> None:
    await put(institution, "core_procedure")
    sealed = select(Procedure.sealed)
    async with institution.operator() as act:
        session, tenant_id = act.session, act.tenant_id
        await session.execute(update(Procedure).values(ended_on=None))
        await procedures.erase_proposed(session, tenant_id, [rows.ID])
        assert await session.scalar(sealed) == b"1"
        await session.execute(update(Procedure).values(ended_on=date(2026, 1, 1)))
        await procedures.erase_proposed(session, tenant_id, [])
        assert await session.scalar(sealed) == b"1"
        await procedures.erase_proposed(session, tenant_id, [rows.ID])
        assert await session.scalar(sealed) is None


WORK = Work(kind="read", run=lambda task: asyncio.sleep(0))


async def handed_in(institution: Institution, words: bytes) -> UUID:
    """A file that was handed in at the branch."""

    async def content() -> Any:
        yield b"%PDF-1.7 " + words

    attachments = institution.house.platform.attachments
    stored = await attachments.put(institution.tenant.id, content(), 100)
    async with institution.by("officer") as act:
        place = await files.place_of(act, organization_id=institution.units["branch"].id)
        return await files.add(act, place, stored, "roster.pdf")


async def read(institution: Institution, *ids: UUID) -> None:
    """As an import reads them, and ends."""
    async with institution.by("officer") as act:
        for id in ids:
            await enqueue(act, WORK, {}, institution.units["branch"].path, source_id=id)
    assert await Runner(institution.house.platform, [WORK]).run_waiting() == len(ids)


async def still_there(institution: Institution, *ids: UUID) -> list[bool]:
    """Whether each of these files is, in the records and on the disk alike."""
    attachments, tenant_id = institution.house.platform.attachments, institution.tenant.id
    async with institution.operator() as act:
        found = [await kept_files.file(act.session, tenant_id, id) for id in ids]
    left = [file.sha256 for file in found if file is not None]
    for sha256 in left:
        attachments.verify(tenant_id, sha256)
    assert sum(attachments.numbers(tenant_id).values()) == len(left)
    return [file is not None for file in found]


async def test_imported_workbooks_go_a_month_after_they_were_read_last(
    institution: Institution,
) -> None:
    institution.house.now = datetime(2028, 1, 1, 4, tzinfo=UTC)
    await institution.later(days=0)
    names = (b"once", b"twice", b"evidence", b"never read")
    once, twice, evidence, unread = [await handed_in(institution, name) for name in names]
    await put(institution, "core_procedure_document")
    async with institution.operator() as act:
        await act.session.execute(update(ProcedureDocument).values(attachment_id=evidence))
    await read(institution, once, twice, evidence)
    await institution.later(days=20)
    await read(institution, twice)
    left = []
    for days in (9, 2, 20):
        await institution.later(days=days)
        await sweep(institution)
        left.append(await still_there(institution, once, twice, evidence, unread))
    assert left == [[True] * 4, [False, True, True, True], [False, False, True, True]]
    async with institution.operator() as act:
        sources = await act.session.scalars(select(Job.source_id).where(Job.kind == "read"))
    assert sorted(map(str, sources)) == sorted(map(str, (None, None, None, evidence)))


async def test_the_night_somebody_is_erased_all_workbooks_before_it_go(
    institution: Institution,
) -> None:
    await say(institution, erase_after_months=24)
    await gone(institution, date(2026, 1, 20), identity_number=NUMBER)
    institution.house.now = datetime(2028, 1, 18, 4, tzinfo=UTC)
    await institution.later(days=0)
    file = await handed_in(institution, b"names everybody")
    await read(institution, file)
    attachments = institution.house.platform.attachments

    async def content() -> Any:
        yield b"%PDF-1.7 what came out"

    stored = await attachments.put(institution.tenant.id, content(), 100)
    async with institution.by("officer") as act:
        act.now += timedelta(days=1, hours=12)
        given = await files.add_private(act, stored, "errors.pdf")
    left = []
    for _ in range(2):
        await institution.later(days=1)
        await sweep(institution)
        left.append(await still_there(institution, file, given))
    assert left == [[True, True], [False, False]]


async def test_an_import_whose_workbook_is_gone_is_refused(institution: Institution) -> None:
    async with institution.by("officer") as act:
        asked = {"sheet": "members", "mode": "all", "dry_run": False, "locale": "en"}
        id = await enqueue(act, IMPORT, asked, institution.units["branch"].path)
    await Runner(institution.house.platform, [IMPORT]).run_waiting()
    async with institution.operator() as act:
        job = await jobs.job(act.session, act.tenant_id, id)
    assert job is not None
    assert job.state is State.REFUSED
    assert "core.import_source_gone" in str(job.outcome)
