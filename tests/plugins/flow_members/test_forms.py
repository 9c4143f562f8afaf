"""The certificate letter and the reports: as pages, for Word, and as a workbook."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from zhibu.errors import Forbidden, NotFound, PluginDisabled
from zhibu.identifiers import row_of
from zhibu.verifying.tokens import token_of
from zhibu.word.writer import check
from zhibu_flow_members.errors import RegisterTooLong
from zhibu_flow_members.service import exports
from zhibu_flow_members.service.card_pages import TEMPLATES
from zhibu_flow_members.sheets import INCOMING, OUTGOING, REPORTS

CERTIFICATE = "query ($id: ID!) { flowMembersCertificatePage(case: $id) }"
REPORT = "query ($id: ID!) { flowMembersSummaryPage(summary: $id) }"


async def page(flow: Any, login: str, document: str, id: str) -> Any:
    answer = await flow.at.ask(login, document, {"id": id})
    return (answer["data"] and next(iter(answer["data"].values()))) or answer["errors"]


async def for_word(flow: Any, login: str, field: str, **asked: str) -> str:
    headers = {"authorization": f"Bearer {flow.at.credentials[login]}"}
    answer = await flow.at.house.client.get(f"/print/{field}.docx", headers=headers, params=asked)
    assert answer.status_code == 200, answer.text
    document = Document(BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


async def verified(flow: Any, case: str) -> tuple[int, str]:
    """What anybody is told who holds the certificate letter of a case."""
    platform = flow.at.house.platform
    id = row_of(case, "FlowMembersCase")
    given = token_of(platform.keyring, flow.at.tenant.id, "flow_members.certificate", id)
    answer = await flow.at.house.client.get(f"/verify/{given}", headers={"accept-language": "zh"})
    return answer.status_code, answer.text


@pytest.mark.clause("S1-09")
async def test_who_is_away_for_a_short_time_is_given_a_certificate_letter_until_a_day(
    flow: Any,
) -> None:
    case = await flow.recorded()
    html = await page(flow, "secretary", CERTIFICATE, case)
    name = flow.me.name
    for words in (
        "党员证明信",
        "编号：BRANCH-2026-0001",
        name,
        "2026年9月14日",
        "江州市",
        "电话 0871",
        "没有表决权",
    ):
        assert words in html, words
    assert "flow_members.contact" not in html
    assert "13800001234" not in html, "how he is reached is not for the host to read here"
    word = await for_word(flow, "secretary", "flowMembersCertificatePage", case=case)
    for words in ("2026年9月14日", "编号：BRANCH-2026-0001"):
        assert words in word, "printed again it is the same letter"
    assert len(await flow.ledger("certificate_printed")) == 2
    for login in ("recorder", "host"):
        assert "errors" in await flow.at.ask(login, CERTIFICATE, {"id": case}), login


@pytest.mark.clause("S1-09")
async def test_the_number_of_a_void_certificate_letter_is_given_to_no_other(flow: Any) -> None:
    first = await flow.recorded()
    await page(flow, "secretary", CERTIFICATE, first)
    await flow.done("secretary", "CaseVoid", {"case": first, "reason": "未成行"})
    second = await flow.recorded(member=flow.id(flow.peer))
    assert "编号：BRANCH-2026-0002" in await page(flow, "secretary", CERTIFICATE, second)
    shown = await flow.cases("secretary", "certificateYear certificateSerial voidedOn")
    assert sorted((row["certificateSerial"], row["voidedOn"]) for row in shown) == [
        (1, "2026-06-15"),
        (2, None),
    ]


async def test_only_a_stay_that_takes_a_certificate_letter_and_goes_on_is_given_one(
    flow: Any,
) -> None:
    case, _ = await flow.carded()
    assert "certificate_unfit" in str(await page(flow, "secretary", CERTIFICATE, case))
    peer = await flow.recorded(member=flow.id(flow.peer))
    back = {"case": peer, "on": "2026-06-15", "ending": "RETURNED"}
    await flow.done("secretary", "CaseEnd", back)
    assert "case_ended" in str(await page(flow, "secretary", CERTIFICATE, peer))


async def test_anybody_who_holds_a_certificate_letter_learns_whether_it_holds_and_a_masked_name(
    flow: Any,
) -> None:
    case = await flow.recorded()
    status, text = await verified(flow, case)
    assert status == 200
    assert "有效" in text
    assert "2026-09-14" in text
    assert flow.me.name not in text
    await flow.done("secretary", "CaseVoid", {"case": case, "reason": "未成行"})
    assert "已失效" in (await verified(flow, case))[1]


@pytest.mark.clause("S1-25", "S1-40")
async def test_a_report_is_printed_with_its_figures_and_those_handed_up_from_below(
    flow: Any,
) -> None:
    await flow.recorded()
    half = {"year": 2026, "half": 1}
    given = {"organization": flow.at.id("branch"), **half}
    made = await flow.done("secretary", "SummarySubmit", given, "summary { id }")
    above = {"organization": flow.at.id("committee"), **half, "note": "各支部已核对"}
    whole = await flow.done("officer", "SummarySubmit", above, "summary { id }")
    html = await page(flow, "secretary", REPORT, made["summary"]["id"])
    for words in ("流动党员情况半年报告", "2026年上半年", "持证明信"):
        assert words in html, words
    html = await page(flow, "officer", REPORT, whole["summary"]["id"])
    assert html.count("<tr>") == 3, "a line of headings, its own, and that of the branch"
    assert "各支部已核对" in html
    listed = await for_word(
        flow, "officer", "flowMembersSummaryPage", summary=whole["summary"]["id"]
    )
    assert "各支部已核对" in listed
    for login in ("rival", "recorder", "host"):
        assert "NOT_FOUND" in str(await page(flow, login, REPORT, whole["summary"]["id"])), login
    async with flow.at.by("officer") as act:
        assert REPORTS.read is not None
        asked = {"organization": flow.at.id("committee"), "purpose": "核对"}
        rows = list(await REPORTS.read(act, asked))
    assert [(row["half"], row["away"], row["until"]) for row in rows] == [
        (1, 1, date(2026, 6, 15))
    ] * 2


async def test_nobody_takes_reports_out_who_may_not_read_them(flow: Any) -> None:
    """Another committee, another institution, and everybody where the plugin is off."""
    await flow.recorded()
    given = {"organization": flow.at.id("branch"), "year": 2026, "half": 1}
    await flow.done("secretary", "SummarySubmit", given, "summary { id }")
    assert REPORTS.read is not None
    asked = {"organization": flow.at.id("committee"), "purpose": "核对"}
    other = await flow.at.house.found("qinghe", "清河市直机关")
    for act_of in (flow.at.by("rival"), other.by("officer")):
        async with act_of as act:
            assert [*await REPORTS.read(act, {})] == []
            with pytest.raises((Forbidden, NotFound)):
                await REPORTS.read(act, asked)
    async with flow.at.by("officer") as act:
        assert len([*await REPORTS.read(act, asked)]) == 1
    await flow.at.switch("flow_members", False)
    async with flow.at.by("officer") as act:
        assert [*await REPORTS.read(act, {})] == []
        with pytest.raises(PluginDisabled):
            await REPORTS.read(act, asked)


async def test_registers_are_held_to_their_most_rows_by_what_the_caller_sees(
    flow: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await flow.recorded()
    monkeypatch.setattr(exports, "MOST", 0)
    for sheet, sees in ((OUTGOING, "officer"), (INCOMING, "rival")):
        assert sheet.read is not None
        other = {"officer": "rival", "rival": "officer"}[sees]
        async with flow.at.by(other) as act:
            assert [*await sheet.read(act, {})] == [], "who sees none is not told of others"
        async with flow.at.by(sees) as act:
            with pytest.raises(RegisterTooLong):
                await sheet.read(act, {})


async def test_where_the_plugin_is_off_no_certificate_letter_is_known(flow: Any) -> None:
    case = await flow.recorded()
    before, _ = await verified(flow, case)
    await flow.at.switch("flow_members", False)
    after, text = await verified(flow, case)
    assert (before, after) == (200, 404)
    assert "2026-09-14" not in text


async def test_a_card_for_word_says_what_the_page_does_and_is_in_the_ledger_as_one(
    flow: Any,
) -> None:
    _, card = await flow.carded()
    review = {"card": card, "year": 2026, "result": "PASSED"}
    await flow.done("secretary", "CardReview", review)
    word = await for_word(flow, "secretary", "flowMembersCardPage", card=card)
    for words in ("流动党员活动证", "编号：000001", flow.me.name, "合格", "不收取费用"):
        assert words in word, words
    assert len(await flow.ledger("card_printed")) == 1


@pytest.mark.parametrize("form", ["certificate", "card"])
def test_the_templates_for_word_say_only_what_a_template_may(form: str) -> None:
    check(Path(TEMPLATES) / f"flow_members_{form}.docx")
