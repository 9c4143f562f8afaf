"""Checks of members' files: entered, made good, kept by somebody, put right, taken back."""

from datetime import date
from typing import Any

import pytest
from tests.plugins.discipline.test_referrals import due

CHECK = """query ($id: ID!) { node(id: $id) { ... on DisciplineFileCheck { state missing doubtful
  custody custodian repairBy completedOn documents { document condition asked repairedOn } } } }"""
UNIT = "query ($o: ID!) { organization(id: $o) { discipline { incompleteFiles doubtfulFiles } } }"


async def check(discipline: Any, id: str, login: str = "officer") -> Any:
    answer = await discipline.at.ask(login, CHECK, {"id": id})
    assert "errors" not in answer, answer
    return answer["data"]["node"]


async def checked(discipline: Any, **found: tuple[str, str]) -> str:
    given = {"member": discipline.id(discipline.me), "checklist": discipline.checklist(**found)}
    made = await discipline.done("secretary", "disciplineFileCheck", given, "check { id }")
    return str(made["check"]["id"])


async def unit(discipline: Any, login: str = "officer") -> list[int]:
    answer = await discipline.at.ask(login, UNIT, {"o": discipline.at.id("branch")})
    return [*answer["data"]["organization"]["discipline"].values()]


@pytest.mark.clause("S3C-35", "S3C-36", "S3D-34")
async def test_what_is_missing_or_doubtful_is_due_until_it_is_made_good_and_somebody_keeps_the_file(
    discipline: Any,
) -> None:
    id = await checked(
        discipline, application=("MISSING", "没有"), political_review=("DOUBTFUL", "印章不清")
    )
    assert await unit(discipline) == [1, 1]
    assert await due(discipline, "secretary", "files") == ["2026-07-15"]
    assert await check(discipline, id, "m1") is None
    assert (await check(discipline, id, "me"))["missing"] == 1, "his own file"
    given = {"check": id, "document": "political_review", "how": "原单位复函属实"}
    refused = await discipline.refused("secretary", "disciplineFileRepair", given)
    assert refused == ["sender_unasked"]
    for more in ({"asked": "原单位党委"}, {"document": "application", "how": "本人补写"}):
        given = {**given, **more}
        await discipline.done("secretary", "disciplineFileRepair", given, "check { id }")
    found = await check(discipline, id)
    assert (found["missing"], found["doubtful"], found["completedOn"]) == (0, 0, None)
    assert found["documents"][2]["asked"] == "原单位党委"
    assert await due(discipline, "secretary", "files") == ["2026-07-15"], "nobody keeps it yet"
    given = {"check": id, "custody": "COMMITTEE", "custodian": "组织科"}
    refused = await discipline.refused("secretary", "disciplineFileKeep", given)
    assert refused == ["compiling_missing"]
    given["compiledOn"] = discipline.today
    await discipline.done("secretary", "disciplineFileKeep", given, "check { id }")
    completed = discipline.today
    assert (await check(discipline, id))["completedOn"] == completed
    assert await due(discipline, "secretary", "files") == []
    assert await unit(discipline) == [0, 0]
    await discipline.later(date(2026, 6, 20))
    given["custody"] = "HUMAN_RESOURCES"
    await discipline.done("secretary", "disciplineFileKeep", given, "check { id }")
    assert (await check(discipline, id))["completedOn"] == completed, "only somebody else keeps it"


@pytest.mark.clause("S3C-35", "S3D-34")
async def test_what_a_file_lacks_is_made_good_by_the_branch_that_the_member_belongs_to_now(
    discipline: Any,
) -> None:
    id = await checked(discipline, application=("MISSING", "没有"))
    await discipline.at.account("far", "branch_secretary", "other")
    given = {"check": id, "document": "application", "how": "本人补写"}
    assert await discipline.refused("far", "disciplineFileRepair", given) == ["NOT_FOUND"]
    me = discipline.id(discipline.me)
    move = {"member": me, "organization": discipline.at.id("other")}
    move |= {"on": discipline.today, "reason": "工作调动"}
    await discipline.done("officer", "memberTransfer", move, "member { id }")
    assert await check(discipline, id, "secretary") is None
    assert await discipline.refused("secretary", "disciplineFileRepair", given) == ["NOT_FOUND"]
    assert await due(discipline, "secretary", "files") == []
    assert await due(discipline, "far", "files") == ["2026-07-15"]
    assert await unit(discipline) == [0, 0]
    document = """query ($o: ID!) { disciplineFileChecks(organization: $o, first: 9,
      filter: { incomplete: true }) { nodes { id } } }"""
    answer = await discipline.at.ask("far", document, {"o": discipline.at.id("other")})
    assert answer["data"]["disciplineFileChecks"]["nodes"] == [{"id": id}]
    await discipline.done("far", "disciplineFileRepair", given, "check { id }")


async def test_a_check_takes_the_place_of_the_last_one_until_it_is_taken_back(
    discipline: Any,
) -> None:
    first = await checked(discipline, application=("MISSING", "没有"))
    case = await discipline.opened()
    await discipline.later(date(2026, 6, 20))
    second = await checked(discipline)
    assert (await check(discipline, first))["state"] == "REPLACED"
    given = {"check": first, "reason": "误登"}
    refused = await discipline.refused("secretary", "disciplineFileWithdraw", given)
    assert refused == ["check_not_standing"]
    given = {"check": second, "reason": " "}
    assert await discipline.refused("secretary", "disciplineFileWithdraw", given) == [
        "reason_missing"
    ]
    await discipline.done(
        "secretary", "disciplineFileWithdraw", {**given, "reason": "误登"}, "check { id }"
    )
    assert (await check(discipline, first))["state"] == "STANDING"
    document = "query ($id: ID!) { node(id: $id) { ... on DisciplineCase { files { missing } } } }"
    answer = await discipline.at.ask("officer", document, {"id": case})
    assert answer["data"]["node"]["files"] == [{"missing": 1}]
    given = {"check": first, "checklist": discipline.checklist(), "reason": "漏看"}
    shown = "check { missing custody completedOn }"
    made = await discipline.done("secretary", "disciplineFileCorrect", given, shown)
    assert made["check"] == {"missing": 0, "custody": None, "completedOn": None}


@pytest.mark.clause("S3C-35")
async def test_a_check_that_is_put_right_keeps_what_was_made_good_of_it(discipline: Any) -> None:
    lacking = {"application": ("MISSING", "没有"), "political_review": ("MISSING", "没有")}
    id = await checked(discipline, **lacking)
    for document in lacking:
        given = {"check": id, "document": document, "how": f"{document} 已补"}
        await discipline.done("secretary", "disciplineFileRepair", given, "check { id }")
    right = {**lacking, "political_review": ("DOUBTFUL", "印章不清")}
    given = {"check": id, "checklist": discipline.checklist(**right), "reason": "登记有误"}
    shown = "check { missing doubtful documents { document repair } }"
    made = (await discipline.done("secretary", "disciplineFileCorrect", given, shown))["check"]
    assert (made["missing"], made["doubtful"]) == (0, 1)
    repairs = {each["document"]: each["repair"] for each in made["documents"]}
    assert (repairs["application"], repairs["political_review"]) == ("application 已补", None)


@pytest.mark.clause("S3D-34")
async def test_a_check_that_is_put_right_keeps_the_day_by_which_it_was_to_be_made_good(
    discipline: Any,
) -> None:
    lacking = {"application": ("MISSING", "没有")}
    id, right = await checked(discipline, **lacking), discipline.checklist(**lacking)
    await discipline.later(date(2026, 8, 1))
    given = {"check": id, "document": "application", "how": "本人补写"}
    await discipline.done("secretary", "disciplineFileRepair", given, "check { id }")
    kept = {"custody": "COMMITTEE", "custodian": "组织科", "compiledOn": discipline.today}
    await discipline.done("secretary", "disciplineFileKeep", {"check": id, **kept}, "check { id }")
    right |= {**kept, "evidence": "当面查看档案并复印"}
    given = {"check": id, "checklist": right, "reason": "依据补记"}
    shown = "check { missing repairBy completedOn }"
    made = (await discipline.done("secretary", "disciplineFileCorrect", given, shown))["check"]
    assert made == {"missing": 0, "repairBy": "2026-07-15", "completedOn": "2026-08-01"}


async def test_nobody_checks_his_own_file(discipline: Any) -> None:
    own = await discipline.at.member("branch")
    await discipline.at.account("own", "branch_secretary", "branch", member_id=own.id)
    given = {"member": discipline.id(own), "checklist": discipline.checklist()}
    assert await discipline.refused("own", "disciplineFileCheck", given) == ["own_file"]
