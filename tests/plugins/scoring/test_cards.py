"""One card, one book, one ledger: a branch's files on its members, as one set (S4-03)."""

from io import BytesIO
from typing import Any

import pytest
from docx import Document

from zhibu.members.rules import MemberKind
from zhibu.word.writer import check
from zhibu_scoring.service.cards import TEMPLATES

FACT = {
    "kind": "COMMENDED_MUNICIPAL",
    "title": "优秀共产党员",
    "document": "市委〔2026〕7号",
    "decidedOn": "2026-06-01",
}
ARCHIVE = """query ($o: ID!) { scoringArchive(organization: $o, year: 2026) {
  cards { title } book { address } ledgers { title members address } } }"""
CARD = "query ($m: ID!) { scoringCardPage(member: $m) }"
LEDGER = """query ($o: ID!, $t: String) {
  scoringLedgerPage(organization: $o, title: $t) }"""


async def placed(scoring: Any, who: Any, kind: str, title: str) -> None:
    given = {"member": scoring.id(who), "kind": kind, "title": title, "since": "2026-01-01"}
    await scoring.done("secretary", "organizationLifeEngage", given)


async def page(scoring: Any, login: str, document: str, **given: Any) -> str | None:
    answer = await scoring.at.ask(login, document, given)
    [found] = (answer.get("data") or {"": None}).values()
    return str(found) if found else None


@pytest.mark.clause("S4-03")
async def test_a_member_sees_his_own_card_and_nobody_else_s(scoring: Any) -> None:
    assert await page(scoring, "me", CARD, m=scoring.id(scoring.peer)) is None
    assert await page(scoring, "rival", CARD, m=scoring.id(scoring.me)) is None
    assert await page(scoring, "me", LEDGER, o=scoring.at.id("branch")) is None
    assert scoring.me.name in (await page(scoring, "me", CARD, m=scoring.id(scoring.me)) or "")


@pytest.mark.clause("S4-03")
async def test_a_card_says_register_posts_class_and_honours(scoring: Any) -> None:
    await placed(scoring, scoring.me, "MEMBER_CLASS", "窗口党员")
    post = {
        "organization": scoring.at.id("branch"),
        "member": scoring.id(scoring.me),
        "kind": "RECORDER",
        "since": "2026-06-01",
    }
    await scoring.done("officer", "postAppoint", post)
    await scoring.done("officer", "scoringFactRecord", {"member": post["member"], **FACT})
    text = await page(scoring, "secretary", CARD, m=scoring.id(scoring.me)) or ""
    parts = (scoring.me.name, "在职党员", "正式党员", "考核记录员", "窗口党员", "市级表彰")
    for part in ("党员信息卡", *parts, "优秀共产党员", "市委〔2026〕7号", "（盖章）"):
        assert part in text, part


@pytest.mark.clause("S4-03")
async def test_each_class_has_its_ledger_and_nobody_is_left_out(scoring: Any) -> None:
    old = await scoring.at.member(kind=MemberKind.RETIRED)
    await placed(scoring, scoring.me, "MEMBER_CLASS", "窗口党员")
    await placed(scoring, old, "RETIRED_ROLE", "政策宣传员")
    branch = scoring.at.id("branch")
    text = await page(scoring, "secretary", LEDGER, o=branch) or ""
    for part in ("窗口党员（1 人）", "政策宣传员（1 人）", "在职党员（未分类）（1 人）", old.name):
        assert part in text, part
    one = await page(scoring, "secretary", LEDGER, o=branch, t="窗口党员") or ""
    assert scoring.me.name in one
    assert scoring.peer.name not in one
    none = await page(scoring, "secretary", LEDGER, o=branch, t="模范党员") or ""
    assert "（无记录）" in none


@pytest.mark.clause("S4-03")
async def test_card_book_and_ledgers_are_one_set_from_the_branch(scoring: Any) -> None:
    await placed(scoring, scoring.me, "MEMBER_CLASS", "窗口党员")
    answer = await scoring.at.ask("secretary", ARCHIVE, {"o": scoring.at.id("branch")})
    found = answer["data"]["scoringArchive"]
    assert {each["title"] for each in found["cards"]} == {
        f"党员信息卡：{who.name}" for who in (scoring.me, scoring.peer)
    }
    assert found["book"]["address"].startswith("/print/organizationLifeBookPage.pdf?organization=")
    assert [(each["title"], each["members"]) for each in found["ledgers"]] == [
        ("党员分类台账：窗口党员", 1),
        ("党员分类台账：在职党员（未分类）", 1),
    ]


async def printed(scoring: Any, login: str, field: str, suffix: str, **given: Any) -> Any:
    headers = {"authorization": f"Bearer {scoring.at.credentials[login]}"}
    address = f"/print/{field}.{suffix}"
    return await scoring.at.house.client.get(address, headers=headers, params=given)


@pytest.mark.parametrize("form", ["scoring_card", "scoring_ledger"])
def test_a_template_for_word_says_nothing_that_it_may_not(form: str) -> None:
    check(TEMPLATES / f"{form}.docx")


@pytest.mark.clause("S4-03")
async def test_card_and_ledgers_are_printed_as_pdf_and_for_word(scoring: Any) -> None:
    await placed(scoring, scoring.me, "MEMBER_CLASS", "窗口党员")
    of_me, here = {"member": scoring.id(scoring.me)}, {"organization": scoring.at.id("branch")}
    for field, given in (("scoringCardPage", of_me), ("scoringLedgerPage", here)):
        assert (await printed(scoring, "rival", field, "docx", **given)).status_code == 404
        paper = await printed(scoring, "secretary", field, "pdf", **given)
        assert paper.content.startswith(b"%PDF"), paper.text
        word = await printed(scoring, "secretary", field, "docx", **given)
        document = Document(BytesIO(word.content))
        cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
        text = "\n".join([*(each.text for each in document.paragraphs), *cells])
        assert scoring.me.name in text
        assert "窗口党员" in text
        assert "{" not in text
        assert "None" not in text
