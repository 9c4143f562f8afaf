"""The papers of a disposition: printed once what they say was done, and while it holds."""

from typing import Any

import pytest
from tests.plugins.discipline.test_dispositions import given_up

from zhibu.identifiers import row_of
from zhibu_discipline.store.papers import decider as decider_of

PAGE = """query ($id: ID!, $paper: DisciplinePaper!, $for: String!) {
  disciplineCasePage(case: $id, paper: $paper, purpose: $for) }"""


async def printed(discipline: Any, case: str, paper: str, login: str = "officer") -> str:
    """The page, or what it is refused with."""
    given = {"id": case, "paper": paper, "for": "归档"}
    answer = await discipline.at.ask(login, PAGE, given)
    if "errors" in answer:
        return str(answer["errors"])
    return str(answer["data"]["disciplineCasePage"])


@pytest.mark.clause("S3C-29", "S3C-32")
async def test_notice_minutes_decision_receipt_and_reply_are_printed_while_they_hold(
    discipline: Any,
) -> None:
    case, _ = await given_up(discipline)
    notice = await printed(discipline, case, "NOTICE")
    assert "事实和依据告知书" in notice
    assert "归档" in notice, "marked with what it was printed for"
    minutes = await printed(discipline, case, "MINUTES")
    assert "支部党员大会表决记录" in minutes
    assert '<td class="text">通过</td>' in minutes
    decision = await printed(discipline, case, "DECISION")
    assert "180日内" in decision
    assert "按自行脱党予以除名" in decision
    assert "paper_not_yet" in await printed(discipline, case, "RECEIPT")
    assert "NOT_FOUND" in await printed(discipline, case, "DECISION", "m1")
    given = {"case": case, "delivery": "UNREACHABLE", "explanation": "多次联系不上。"}
    await discipline.done("secretary", "disciplineDeliver", given, "case { id }")
    assert "联系不上本人" in await printed(discipline, case, "RECEIPT")
    given = {"case": case, "reason": "已交党费"}
    select = "procedure { objections { id } }"
    made = await discipline.done("secretary", "disciplineAppeal", given, select)
    await discipline.at.account("second", "district_organization_officer", "district")
    objection = made["procedure"]["objections"][0]["id"]
    given = {"objection": objection, "upheld": True, "answer": "查实已交党费"}
    await discipline.branch.do("second", "ObjectionAnswer", **given)
    for paper in ("MINUTES", "DECISION", "RECEIPT"):
        assert "paper_not_yet" in await printed(discipline, case, paper), paper
    assert "原决定不再有效" in await printed(discipline, case, "REPLY")


@pytest.mark.clause("S3C-25")
async def test_of_a_disposition_that_was_refused_no_notice_is_printed_any_more(
    discipline: Any,
) -> None:
    case = await discipline.opened()
    procedure = await discipline.proposed(discipline.helping(case))
    assert "事实和依据告知书" in await printed(discipline, case, "NOTICE")
    await discipline.vote(procedure, yes=2)
    assert "paper_not_yet" in await printed(discipline, case, "NOTICE")


@pytest.mark.clause("S3C-43")
async def test_a_paper_is_sealed_by_who_decided_directly_only_while_that_decision_holds(
    discipline: Any,
) -> None:
    case = await discipline.opened()
    procedure = await discipline.proposed(discipline.helping(case))
    for login in ("second", "third"):
        await discipline.at.account(login, "district_organization_officer", "district")
    given = {"procedure": procedure, "approve": True, "reason": "情况特殊"}
    given["document"] = await discipline.branch.file()
    asked = await discipline.branch.do("district", "Override", **given)
    given = {"override": asked["procedure"]["overrides"][0]["id"], "confirm": True}
    assert (await discipline.branch.do("second", "OverrideConfirm", **given))["userErrors"] == []

    async def decider() -> str:
        async with discipline.at.operator() as act:
            id = row_of(procedure, "Procedure")
            return await decider_of(act.session, act.tenant_id, id)

    direct = await decider()
    assert direct == discipline.at.units["district"].name
    assert direct in await printed(discipline, case, "DECISION")
    given = {"case": case, "reason": "不服"}
    made = await discipline.done(
        "secretary", "disciplineAppeal", given, "procedure { objections { id } }"
    )
    given = {"objection": made["procedure"]["objections"][0]["id"], "answer": "重议"}
    await discipline.branch.do("third", "ObjectionAnswer", **given, upheld=True)
    assert await decider() == discipline.at.units["branch"].name, "of the step that is taken again"
