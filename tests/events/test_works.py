"""The ledger's own work: noted within a minute, mailed, verified every night and at the start."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from zhibu.errors import Forbidden
from zhibu.events.anchors import FOLDER, Anchors
from zhibu.events.errors import RestoreReasonMissing
from zhibu.events.notary import PUBLIC, public_key
from zhibu.events.notes import notes_in
from zhibu.events.public import RESTORED, UNSOUND
from zhibu.events.restoring import accept_restored
from zhibu.events.timeline import entries
from zhibu.events.works import CHECKPOINT, MAIL, VERIFY
from zhibu.jobs.rules import State
from zhibu.jobs.running import Runner
from zhibu.jobs.work import Schedule
from zhibu.settings import Settings
from zhibu.testing.house import Institution
from zhibu.testing.mail import Outbox
from zhibu.testing.tampering import Attacker, edit_a_row

FORGED = ('"by":"', '"by":"x')
AUDITORS = ("audit@example.cn",)
VERIFY_NOW = """
mutation ($input: LedgerVerifyInput!) {
  ledgerVerify(input: $input) { job { id } userErrors { code } }
}
"""
SUMMARY = "query ($id: ID!) { job(id: $id) { state summary refusals { code message } } }"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


@pytest.fixture
def noted(institution: Institution, elsewhere: Path) -> Institution:
    """An institution whose ledger is noted in another folder too, and mailed."""
    platform = institution.house.platform
    platform.settings = replace(
        platform.settings, checkpoint_folders=(elsewhere,), checkpoint_mail=AUDITORS
    )
    platform.anchors = Anchors(platform.settings)
    platform.mail = Outbox()
    return institution


def outbox(institution: Institution) -> Outbox:
    found = institution.house.platform.mail
    assert isinstance(found, Outbox)
    return found


def worker(institution: Institution, schedules: Sequence[Schedule] = (CHECKPOINT,)) -> Runner:
    return Runner(institution.house.platform, [], [*schedules, VERIFY])


async def worked(runner: Runner) -> int:
    await runner.tick()
    return await runner.run_waiting()


async def happened(institution: Institution) -> None:
    await institution.member("branch")


async def test_what_was_written_is_known_elsewhere_within_a_minute(
    noted: Institution, elsewhere: Path
) -> None:
    """However the moments fall: a look every five seconds makes the slot of each half minute."""
    runner = Runner(noted.house.platform, [], [CHECKPOINT])
    tenant_id = noted.tenant.id
    await worked(runner)
    written = noted.house.now
    await happened(noted)
    home = noted.house.platform.homes.home(tenant_id)
    while await noted.house.platform.anchors.behind(home, tenant_id):
        noted.house.now += timedelta(seconds=5)
        await worked(runner)
    assert noted.house.now - written <= timedelta(seconds=60)
    for folder in (noted.house.platform.settings.data / FOLDER, elsewhere):
        assert (folder / f"{tenant_id.hex}.notes").read_bytes().count(b"\n") == 2


async def test_an_idle_ledger_costs_no_jobs_and_noting_writes_nothing_into_it(
    noted: Institution,
) -> None:
    runner = Runner(noted.house.platform, [], [CHECKPOINT])
    assert await worked(runner) == 1
    for _ in range(3):
        noted.house.now += timedelta(minutes=1)
        assert await worked(runner) == 0


async def test_auditors_are_mailed_once_an_hour_what_they_can_compare(
    noted: Institution, settings: Settings
) -> None:
    runner = worker(noted, [CHECKPOINT, MAIL])
    mailed = []
    for _ in range(3):
        await happened(noted)
        noted.house.now += timedelta(minutes=30)
        await worked(runner)
        mailed.append(len(outbox(noted).sent))
    assert mailed == [1, 2, 2]
    for _ in range(2):  # the third is mailed with the next hour, and nothing was written since
        noted.house.now += timedelta(hours=2)
        await worked(runner)
        assert len(outbox(noted).sent) == 3
    (first, *_) = outbox(noted).sent
    assert first.to == AUDITORS
    assert noted.tenant.name in first.text
    key = public_key(settings.data / FOLDER / PUBLIC)
    (note,) = notes_in(first.text.encode(), key)
    assert note.signed
    assert note.tenant == noted.tenant.id.hex


async def test_a_mail_that_cannot_go_now_is_tried_again(noted: Institution) -> None:
    outbox(noted).away = True
    runner = worker(noted, [CHECKPOINT, MAIL])
    await worked(runner)
    assert outbox(noted).sent == []
    outbox(noted).away = False
    noted.house.now += timedelta(seconds=10)
    await runner.run_waiting()
    assert len(outbox(noted).sent) == 1


async def told(institution: Institution, event: str) -> list[dict[str, Any]]:
    async with institution.operator() as act:
        found = await entries(act.session, act.tenant_id, event=event)
    return [dict(each.facts) for each in found]


async def test_a_changed_ledger_is_found_at_night_and_people_are_told(
    noted: Institution, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    runner = worker(noted)
    await worked(runner)
    edit_a_row(Attacker(settings, noted.tenant.id), *FORGED)
    assert await told(noted, UNSOUND) == []
    noted.house.now += timedelta(days=1)
    await worked(runner)
    (facts,) = await told(noted, UNSOUND)
    assert facts["first"] is not None
    assert "is not what it was" in caplog.text
    (letter,) = outbox(noted).sent
    assert noted.tenant.name in letter.subject


async def test_every_start_verifies_though_the_night_has_been_and_processes_count_as_one(
    noted: Institution, settings: Settings
) -> None:
    assert await worked(worker(noted, [])) == 1
    noted.house.now += timedelta(hours=1)
    edit_a_row(Attacker(settings, noted.tenant.id), *FORGED)
    assert [await worked(worker(noted, [])) for _ in range(3)] == [1, 0, 0]
    assert len(await told(noted, UNSOUND)) == 1


async def test_a_ledger_that_does_not_go_on_from_its_note_alarms_once_an_hour(
    noted: Institution, settings: Settings
) -> None:
    runner = worker(noted)
    await worked(runner)
    attacker = Attacker(settings, noted.tenant.id)
    attacker.run("UPDATE core_ledger_head SET seq = seq - 1 WHERE tenant_id = :t")
    attacker.run(
        "DELETE FROM core_ledger WHERE tenant_id = :t AND seq ="
        " (SELECT max(seq) FROM core_ledger WHERE tenant_id = :t)"
    )
    attacker.chained_anew()
    for _ in range(4):
        noted.house.now += timedelta(seconds=30)
        await happened(noted)
        await worked(runner)
    assert len(await told(noted, UNSOUND)) == 1
    assert len(outbox(noted).sent) == 1
    noted.house.now += timedelta(hours=1)
    await worked(runner)
    assert len(await told(noted, UNSOUND)) == 2


async def test_only_the_audit_administrator_has_the_ledger_verified(noted: Institution) -> None:
    for login in ("municipal", "officer", "secretary"):
        answer = await noted.ask(login, VERIFY_NOW, {"input": {}})
        assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN", login
    await noted.account("auditor", "audit_administrator")
    answer = await noted.ask("auditor", VERIFY_NOW, {"input": {"since": 3}})
    id = answer["data"]["ledgerVerify"]["job"]["id"]
    await noted.house.platform.jobs.run_waiting()
    job = (await noted.ask("auditor", SUMMARY, {"id": id}))["data"]["job"]
    assert job["state"] == State.SUCCEEDED.name
    assert job["summary"].endswith("; 0 faults.")


async def test_going_on_from_a_backup_needs_the_audit_administrator_and_a_reason(
    noted: Institution,
) -> None:
    platform, tenant = noted.house.platform, noted.tenant
    await worked(worker(noted))
    system = platform.system(tenant)
    with pytest.raises(Forbidden):
        await accept_restored(platform, tenant, system, reason="恢复演练")
    async with noted.operator("audit_administrator") as act:
        auditor = act.caller
    with pytest.raises(RestoreReasonMissing):
        await accept_restored(platform, tenant, auditor, reason=" ")
    assert await told(noted, RESTORED) == []
    seq = await accept_restored(platform, tenant, auditor, reason="恢复演练")
    (facts,) = await told(noted, RESTORED)
    assert facts == {"seq": seq, "known": seq, "reason": "恢复演练"}


async def test_nobody_is_mailed_what_nobody_asked_for_or_nobody_signed(
    noted: Institution, settings: Settings
) -> None:
    runner = worker(noted, [MAIL])
    await worked(runner)
    assert outbox(noted).sent == []  # no note was taken yet
    platform = noted.house.platform
    platform.settings = replace(platform.settings, checkpoint_mail=())
    noted.house.now += timedelta(hours=2)
    await worked(worker(noted, [CHECKPOINT, MAIL]))
    edit_a_row(Attacker(settings, noted.tenant.id), *FORGED)
    noted.house.now += timedelta(days=1)
    await worked(worker(noted, [CHECKPOINT, MAIL]))
    assert len(await told(noted, UNSOUND)) == 1
    assert outbox(noted).sent == []


async def test_a_changed_ledger_is_recorded_also_when_nobody_can_be_told(
    noted: Institution, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    await worked(worker(noted))
    edit_a_row(Attacker(settings, noted.tenant.id), *FORGED)
    outbox(noted).away = True
    noted.house.now += timedelta(days=1)
    await worked(worker(noted))
    assert len(await told(noted, UNSOUND)) == 1
    assert "nobody could be told" in caplog.text
