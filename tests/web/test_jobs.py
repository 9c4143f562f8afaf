"""Workbooks over GraphQL: asked for in one request, done beside it, told row by row."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from zhibu.accounts.principals import system_caller
from zhibu.accounts.service import oversight
from zhibu.accounts.service.oversight import Wanted
from zhibu.identifiers import global_id
from zhibu.testing.house import Institution
from zhibu.testing.register import identity
from zhibu.testing.works import BREAK, GREET, ask_for

JOB = """
query ($id: ID!) {
  job(id: $id) {
    state address
    refusals { code }
    report { rows good written dryRun created unchanged errors faults { row column code message } }
  }
  jobs { id kind }
}
"""
IMPORT = """
mutation ($input: ImportStartInput!) {
  importStart(input: $input) { job { id kind state } userErrors { code path } }
}
"""
EXPORT = """
mutation ($input: ExportStartInput!) {
  exportStart(input: $input) { job { id kind state } userErrors { code path } }
}
"""
REPEAT = """
mutation ($input: JobRepeatInput!) {
  jobRepeat(input: $input) { job { id } userErrors { code path message } }
}
"""
HEADING = (
    *("姓名", "性别", "公民身份号码", "所在党支部代码"),
    *("人员类别", "党员类别", "入党日期", "转正日期"),
)


def person(number: int, **changes: Any) -> tuple[Any, ...]:
    row = {
        "姓名": f"王{'零一二三'[number]}",
        "性别": "男",
        "公民身份号码": identity(900 + number),
        "所在党支部代码": "BRANCH",
        "人员类别": "在职",
        "党员类别": "正式党员",
        "入党日期": "2015-07-01",
        "转正日期": "2016-07-01",
    }
    sex = "男" if int(str(row["公民身份号码"])[16]) % 2 else "女"
    return tuple({**row, "性别": sex, **changes}.values())


def workbook(*rows: tuple[Any, ...]) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for number, row in enumerate((HEADING, *rows)):
            page.write_row(number, 0, row)
    return file.getvalue()


async def hand_in(institution: Institution, content: bytes, login: str = "officer") -> str:
    answer = await institution.house.client.post(
        "/files",
        content=content,
        params={"organization": institution.id("branch"), "name": "名册.xlsx"},
        headers={"authorization": f"Bearer {institution.credentials[login]}"},
    )
    id: str = answer.json()["id"]
    return id


async def done(
    institution: Institution, document: str, login: str = "officer", **input: Any
) -> tuple[str, Any]:
    """The job's id, and what it says once it has run."""
    answer = await institution.ask(login, document, {"input": input})
    (payload,) = answer["data"].values()
    assert payload["userErrors"] == []
    id = payload["job"]["id"]
    assert await institution.house.platform.jobs.run_waiting() == 1
    told = (await institution.ask(login, JOB, {"id": id}))["data"]
    assert id in [job["id"] for job in told["jobs"]]
    return id, told["job"]


async def download(institution: Institution, address: str, login: str) -> Any:
    bearer = {"authorization": f"Bearer {institution.credentials[login]}"}
    return await institution.house.client.get(address, headers=bearer)


async def test_whoever_may_not_import_or_export_starts_no_job(institution: Institution) -> None:
    file = await hand_in(institution, workbook(person(1)))
    asked = {"kind": "members", "file": file}
    refused = await institution.ask("district", IMPORT, {"input": asked})
    assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    unseen = await institution.ask("rival", IMPORT, {"input": asked})
    assert unseen["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    out = {"kind": "members", "purpose": "年度统计"}
    nobody = await institution.ask("recorder", EXPORT, {"input": out})
    assert nobody["errors"][0]["extensions"]["code"] == "FORBIDDEN"


@pytest.mark.parametrize(
    ("document", "input", "error"),
    [
        (EXPORT, {"kind": "members", "purpose": " "}, "core.export_purpose_missing"),
        (EXPORT, {"kind": "nothing", "purpose": "年度统计"}, "core.sheet_unknown"),
        (IMPORT, {"kind": "nothing", "file": "x"}, "core.sheet_unknown"),
        (IMPORT, {"kind": "members", "file": "x"}, "core.global_id_invalid"),
    ],
)
async def test_what_cannot_be_done_is_refused_before_it_is_a_job(
    institution: Institution, document: str, input: dict[str, Any], error: str
) -> None:
    answer = await institution.ask("officer", document, {"input": input})
    (payload,) = answer["data"].values()
    assert [each["code"] for each in payload["userErrors"]] == [error]


async def test_an_import_is_done_once_and_says_so_the_second_time(
    institution: Institution,
) -> None:
    file = await hand_in(institution, workbook(person(1), person(2)))
    _, first = await done(institution, IMPORT, kind="members", file=file)
    assert first["state"] == "SUCCEEDED", first
    assert first["report"]["created"] == 2
    assert first["report"]["written"] is True
    _, second = await done(institution, IMPORT, kind="members", file=file)
    assert (second["report"]["created"], second["report"]["unchanged"]) == (0, 2)


async def test_a_dry_run_writes_nothing(institution: Institution) -> None:
    file = await hand_in(institution, workbook(person(1)))
    _, told = await done(institution, IMPORT, kind="members", file=file, dryRun=True)
    assert (told["report"]["good"], told["report"]["written"]) == (1, False)
    _, told = await done(institution, IMPORT, kind="members", file=file)
    assert told["report"]["created"] == 1


async def test_faults_are_told_by_row_and_column_and_the_workbook_comes_back(
    institution: Institution,
) -> None:
    bad = person(2, 公民身份号码="11010119900307123X", 所在党支部代码="NOWHERE")
    file = await hand_in(institution, workbook(person(1), bad))
    _, told = await done(institution, IMPORT, kind="members", file=file)
    assert told["report"]["written"] is False
    assert {(fault["row"], fault["column"]) for fault in told["report"]["faults"]} >= {
        (3, "公民身份号码")
    }
    assert all(fault["message"] for fault in told["report"]["faults"])
    back = await download(institution, told["address"], "officer")
    rows = CalamineWorkbook.from_filelike(BytesIO(back.content)).get_sheet_by_index(0).to_python()
    assert "错误说明" in rows[0]
    _, told = await done(institution, IMPORT, kind="members", file=file, goodRows=True)
    assert (told["report"]["created"], told["report"]["errors"] > 0) == (1, True)


async def test_a_result_is_for_whoever_asked_and_for_a_day(institution: Institution) -> None:
    await institution.member("branch")
    id, told = await done(institution, EXPORT, kind="members", purpose="年度统计")
    assert told["state"] == "SUCCEEDED", told
    assert told["report"]["rows"] == 1
    assert (await download(institution, told["address"], "officer")).status_code == 200
    for other in ("municipal", "secretary"):
        assert (await download(institution, told["address"], other)).status_code == 404
    stranger = await institution.ask("rival", JOB, {"id": id})
    assert stranger["data"]["job"] is None
    platform = institution.house.platform
    tomorrow = institution.house.now.replace(day=institution.house.now.day + 1, minute=1)
    institution.house.now = tomorrow
    assert platform.clock() == tomorrow
    institution.credentials["officer"] = await institution.house.sign_in("yunling", "officer")
    assert (await download(institution, told["address"], "officer")).status_code == 404


async def test_a_job_waits_until_it_is_done_and_runs_with_the_server(
    institution: Institution,
) -> None:
    jobs = institution.house.platform.jobs
    asked = {"kind": "members", "purpose": "年度统计"}
    answer = await institution.ask("officer", EXPORT, {"input": asked})
    id = answer["data"]["exportStart"]["job"]["id"]
    waiting = await institution.ask("officer", JOB, {"id": id})
    assert waiting["data"]["job"]["state"] == "WAITING"
    await jobs.start()
    for _ in range(200):
        told = await institution.ask("officer", JOB, {"id": id})
        if told["data"]["job"]["state"] == "SUCCEEDED":
            break
        await asyncio.sleep(0.05)
    await jobs.stop()
    assert told["data"]["job"]["state"] == "SUCCEEDED"


async def test_one_s_own_work_that_failed_is_done_again_when_asked(
    institution: Institution,
) -> None:
    platform = institution.house.platform
    platform.jobs.works[BREAK.kind] = BREAK
    id = global_id("Job", await ask_for(institution, BREAK))
    stranger = await institution.ask("rival", REPEAT, {"input": {"job": id}})
    assert stranger["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    early = await institution.ask("officer", REPEAT, {"input": {"job": id}})
    (error,) = early["data"]["jobRepeat"]["userErrors"]
    assert (error["code"], error["path"]) == ("core.job_not_repeatable", ["job"])
    assert "is waiting;" in error["message"]
    await platform.jobs.run_waiting()
    failed = (await institution.ask("officer", JOB, {"id": id}))["data"]["job"]
    assert failed["state"] == "FAILED"
    platform.jobs.works[BREAK.kind] = replace(BREAK, run=GREET.run)  # what was wrong was mended
    again = await institution.ask("officer", REPEAT, {"input": {"job": id}})
    second = again["data"]["jobRepeat"]["job"]["id"]
    await platform.jobs.run_waiting()
    done = (await institution.ask("officer", JOB, {"id": second}))["data"]["job"]
    assert done["state"] == "SUCCEEDED"


async def test_an_overseer_does_not_see_what_the_installation_does(
    institution: Institution,
) -> None:
    """Neither has an account: that makes it nobody's own."""
    house, platform = institution.house, institution.house.platform
    id = await ask_for(institution, login=None)
    other = await house.found("qingshan", "青山市直机关")
    wanted = Wanted(
        tenant_code=other.tenant.code,
        login="officer",
        role="discipline_inspection_officer",
        organization_id=institution.units["root"].id,
        since=house.now.date(),
        until=house.now.date() + timedelta(days=30),
        reason="专项督导",
    )
    security = system_caller(house.now.date(), "test", "security_administrator")
    at: dict[str, Any] = {"now": house.now, "request": "test"}
    door = await oversight.grant(platform, institution.tenant, security, wanted, **at)
    signed = await platform.credentials.authenticate(other.credentials["officer"], house.now)
    entered = await oversight.enter(platform, signed.tenant, signed.caller, door.id, **at)
    answer = await house.ask(JOB, {"id": global_id("Job", id)}, credential=entered.text)
    assert answer["data"] == {"job": None, "jobs": []}


async def test_another_institution_sees_no_job(institution: Institution) -> None:
    id, _ = await done(institution, EXPORT, kind="members", purpose="年度统计")
    other = await institution.house.found("qingshan", "青山市直机关")
    answer = await other.ask("municipal", JOB, {"id": id})
    assert answer["data"] == {"job": None, "jobs": []}
