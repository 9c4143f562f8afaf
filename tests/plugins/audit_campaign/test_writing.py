"""Forms of all branches in one archive: who may print each has them all, lost workers or not."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from tests.plugins.audit_campaign.test_settling import checked

from zhibu.events.timeline import follow
from zhibu.identifiers import global_id, new_id
from zhibu.jobs import parts, results
from zhibu.jobs.rules import LEASE
from zhibu.jobs.work import LeaseLost
from zhibu.organizations import service as organizations
from zhibu_audit_campaign.public import FORMS_WRITTEN
from zhibu_audit_campaign.service.forms import writing

JOB = "query ($j: ID!) { job(id: $j) { state attempts summary address refusals { code } } }"
FORMS = ["basics", "found", "summary"]


def asked(audited: str, **changes: Any) -> dict[str, Any]:
    return {"audited": audited, "forms": FORMS, "purpose": "归档", **changes}


async def done(audit: Any, job: str, login: str = "officer") -> dict[str, Any]:
    """The job, once everything that waits was done."""
    await audit.at.house.platform.jobs.run_waiting()
    found = await audit.at.ask(login, JOB, {"j": job})
    return dict(found["data"]["job"])


async def taken(audit: Any, job: dict[str, Any], login: str = "officer") -> dict[str, bytes]:
    headers = {"authorization": f"Bearer {audit.at.credentials[login]}"}
    answer = await audit.at.house.client.get(job["address"], headers=headers)
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


async def told(audit: Any) -> list[dict[str, Any]]:
    """What the ledger says of forms that were written."""
    async with audit.at.operator() as act:
        entries = await follow(act.session, act.tenant_id, 0, 10_000)
    return [each.facts for each in entries if each.event == FORMS_WRITTEN]


@pytest.fixture
async def packing(audit: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Forms of the committee: a worker wrote all parts and was lost while it packed them. The
    organization in the audit, and the job.
    """
    campaign, _ = await checked(audit)
    committee = await audit.audited(campaign, "committee", "officer")
    await audit.set("export_approved", False)
    monkeypatch.setattr(writing, "OF_PART", 1)
    give, lost = results.give_stream, list[str]()

    async def until_lost(task: Any, *given: Any, **rest: Any) -> None:
        if not lost:
            lost.append("a power cut")
            raise LeaseLost
        await give(task, *given, **rest)

    monkeypatch.setattr(results, "give_stream", until_lost)
    made = await audit.done("officer", "FormsWrite", asked(committee), "job")
    assert (await done(audit, made["job"]))["state"] == "RUNNING"
    audit.at.house.now += LEASE * 2
    return committee, made["job"]


@pytest.mark.clause("S3A-48")
async def test_what_nobody_may_have_any_more_is_given_to_nobody_though_it_was_written(
    audit: Any, packing: tuple[str, str]
) -> None:
    await audit.set("export_approved", True, "branch")
    job = await done(audit, packing[1])
    assert (job["state"], job["address"]) == ("REFUSED", None)
    assert [each["code"] for each in job["refusals"]] == ["audit_campaign.release_missing"]
    assert await told(audit) == []


@pytest.mark.clause("S3A-48")
async def test_the_ledger_says_once_who_took_forms_though_a_worker_was_lost_while_it_packed_them(
    audit: Any, packing: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    written = list[int]()
    monkeypatch.setattr(writing, "_written", lambda task, books: written.append(1) or {})
    assert (await done(audit, packing[1]))["state"] == "SUCCEEDED"
    assert (written, len(await told(audit))) == ([], 1)


@pytest.mark.clause("S3A-36")
async def test_a_branch_that_moved_away_meanwhile_is_not_in_the_file(
    audit: Any, packing: tuple[str, str]
) -> None:
    at = audit.at
    async with at.operator() as act:
        mine, rival = at.units["branch"], at.units["rival"]
        await organizations.move(
            act, mine.id, parent_id=rival.id, on=act.today, reason="隶属关系调整"
        )
    job = await done(audit, packing[1])
    assert job["state"] == "SUCCEEDED", job
    assert not [each for each in await taken(audit, job) if mine.name in each]


@pytest.mark.clause("S3A-36", "S3A-48")
async def test_who_may_not_print_a_form_has_none_of_them_written(audit: Any) -> None:
    campaign, _ = await checked(audit)
    branch = await audit.audited(campaign)
    committee = await audit.audited(campaign, "committee", "officer")
    await audit.set("export_approved", False)
    answer = await audit.answer(None, "FormsWrite", asked(committee))
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    for login in ("rival", "far_secretary", "other_secretary", "district"):
        given = asked(branch if login == "other_secretary" else committee)
        assert await audit.refused(login, "FormsWrite", given) == ["NOT_FOUND"], login
    absent = asked(global_id("AuditCampaignAudited", new_id()))
    assert await audit.refused("officer", "FormsWrite", absent) == ["NOT_FOUND"]
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"purpose": " "}, "purpose_missing"),
        ({"forms": []}, "form_missing"),
        ({"forms": ["summary", "lost_summary"]}, "form_unknown"),
    )
    for changes, code in wrong:
        refused = await audit.refused("officer", "FormsWrite", asked(committee, **changes))
        assert refused == [code]


@pytest.mark.clause("S3A-48")
async def test_what_nobody_else_approved_is_not_written_nor_where_one_branch_asks_for_it(
    audit: Any,
) -> None:
    campaign, _ = await checked(audit)
    committee = await audit.audited(campaign, "committee", "officer")
    assert await audit.refused("officer", "FormsWrite", asked(committee)) == ["release_missing"]
    await audit.set("export_approved", False)
    await audit.set("export_approved", True, "branch")
    made = await audit.done("officer", "FormsWrite", asked(committee), "job")
    job = await done(audit, made["job"])
    assert (job["state"], job["address"]) == ("REFUSED", None)
    assert [each["code"] for each in job["refusals"]] == ["audit_campaign.release_missing"]
    for form in FORMS[:2]:
        given = {"audited": committee, "form": form, "purpose": "归档"}
        asking = await audit.done("officer", "ReleaseAsk", given, "release { id }")
        await audit.done("district", "ReleaseApprove", {"release": asking["release"]["id"]})
    made = await audit.done("officer", "FormsWrite", asked(committee), "job")
    assert (await done(audit, made["job"]))["state"] == "SUCCEEDED"


@pytest.mark.clause("S3A-35", "S3A-36")
async def test_after_a_lost_worker_only_what_is_missing_is_written_and_the_files_are_the_same(
    audit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign, _ = await checked(audit)
    committee = await audit.audited(campaign, "committee", "officer")
    await audit.set("export_approved", False)
    monkeypatch.setattr(writing, "OF_PART", 1)
    keep, kept, lost = parts.keep, list[int](), list[int]()

    async def until_lost(task: Any, number: int, files: Any, **rest: Any) -> None:
        if number == 1 and not lost:
            lost.append(number)
            raise LeaseLost
        kept.append(number)
        await keep(task, number, files, **rest)

    monkeypatch.setattr(parts, "keep", until_lost)
    made = await audit.done("officer", "FormsWrite", asked(committee), "job")
    again = await audit.done("officer", "FormsWrite", asked(committee), "job")
    assert again["job"] == made["job"], "asked twice while it waits"
    waiting = await done(audit, made["job"])
    assert (waiting["state"], kept) == ("RUNNING", [0])
    audit.at.house.now += LEASE * 2
    job = await done(audit, made["job"])
    assert (job["state"], job["attempts"]) == ("SUCCEEDED", 2), job
    assert len(kept) == len(set(kept))
    files = await taken(audit, job)
    assert str(len(files)) in job["summary"]
    name = audit.at.units["branch"].name
    [mine] = [each for each in files if name in each]
    folder = audit.at.units["committee"]
    assert mine.startswith(f"{folder.code} {folder.name} ")
    book = CalamineWorkbook.from_filelike(BytesIO(files[mine]))
    assert len(book.sheet_names) == len(FORMS)
    people = book.get_sheet_by_index(0).to_python()
    assert {row[1] for row in people} >= {audit.me.name, audit.peer.name}
    assert audit.far.name not in str(people)
    [only] = await told(audit)
    assert only["purpose"] == "归档"
    assert only["branches"] == len(files)
    whole = await audit.done("officer", "FormsWrite", asked(committee), "job")
    assert whole["job"] != made["job"]
