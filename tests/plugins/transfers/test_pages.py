"""What is printed: a letter in its three parts, and who left without a receipt."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from tests.plugins.transfers.test_elsewhere import sent

from zhibu.errors import Forbidden, NotFound, PluginDisabled
from zhibu.members import service as members
from zhibu.word import Templates
from zhibu_transfers.errors import PageTooLong
from zhibu_transfers.sheets import MEMBERSHIPS, SHEETS, UNRECEIPTED

LETTER = "query ($id: ID!) { transfersLetterPage(letter: $id) }"
LIST = "query ($id: ID!) { transfersUnreceiptedPage(organization: $id) }"
LETTERS = "query ($id: ID!) { transfersLettersPage(organization: $id%s) }"
STANDING = "query ($id: ID!) { transfersMembershipsPage(organization: $id) }"
PRINTS = "query ($id: ID!) { node(id: $id) { ... on TransfersLetter { prints } } }"


async def letter_of(transfers: Any) -> str:
    case = await transfers.opened(transfers.out())
    return str((await transfers.issued(case))["id"])


async def page(transfers: Any, login: str, document: str, id: str) -> str:
    answer = await transfers.at.ask(login, document, {"id": id})
    assert "errors" not in answer, answer
    [html] = answer["data"].values()
    return str(html)


async def counted(transfers: Any, letter: str) -> None:
    """A print of the letter is counted."""
    given = {"letter": letter}
    await transfers.done("officer", "transfersLetterPrint", given, "letter { prints }")


async def test_a_letter_has_three_parts_with_one_number_and_no_page_that_is_not_counted(
    transfers: Any,
) -> None:
    letter = await letter_of(transfers)
    answer = await transfers.at.ask("officer", LETTER, {"id": letter})
    assert "transfers.letter_not_counted" in str(answer["errors"])
    await counted(transfers, letter)
    html = await page(transfers, "officer", LETTER, letter)
    assert html.count("2026第0001号") == 5  # three parts, and both lines that are sealed across
    for words in ("（存根）", "回执联", "贰零贰陆年陆月", "中共海河市河东区委组织部", "转一同志"):
        assert words in html, words
    assert "次打印" not in html
    await counted(transfers, letter)
    assert "第 2 次打印" in await page(transfers, "officer", LETTER, letter)
    answer = await transfers.at.ask("officer", PRINTS, {"id": letter})
    assert answer["data"]["node"]["prints"] == 2


async def test_a_letter_for_word_is_counted_as_on_paper_and_may_have_a_template_of_ones_own(
    transfers: Any, tmp_path: Path
) -> None:
    letter = await letter_of(transfers)
    status, _, said = await for_word(transfers, letter)
    assert (status, "transfers.letter_not_counted" in said) == (400, True)
    await counted(transfers, letter)
    await counted(transfers, letter)
    status, paragraphs, text = await for_word(transfers, letter)
    assert status == 200
    assert text.count("2026第0001号") == 5
    for words in ("（存根）", "回执联", "贰零贰陆年陆月", "转一同志", "第 2 次打印"):
        assert words in text, words
    cuts = [each for each in paragraphs if "骑缝盖章" in each.text]
    assert len(cuts) == 2, "three parts"
    own = Document()
    own.add_paragraph("本单位介绍信 {{ number }}：{{ name }}")
    own.save(str(tmp_path / "transfers_letter.docx"))
    transfers.at.house.platform.templates = Templates.load(tmp_path)
    assert (await for_word(transfers, letter))[2] == "本单位介绍信 2026第0001号：转一"


async def for_word(transfers: Any, letter: str) -> tuple[int, list[Any], str]:
    """What is answered, and the paragraphs and the text of the document if it is one."""
    headers = {"authorization": f"Bearer {transfers.at.credentials['officer']}"}
    answer = await transfers.at.house.client.get(
        "/print/transfersLetterPage.docx", headers=headers, params={"letter": letter}
    )
    if answer.status_code != 200:
        return answer.status_code, [], answer.text
    paragraphs = [*Document(BytesIO(answer.content)).paragraphs]
    return 200, paragraphs, "\n".join(each.text for each in paragraphs)


async def test_a_letter_names_the_nation_as_the_register_does(transfers: Any) -> None:
    async with transfers.at.operator() as act:
        nation = members.Correction(nation="回族")
        await members.correct(act, transfers.me.id, nation, reason="补录")
    letter = await letter_of(transfers)
    await counted(transfers, letter)
    html = await page(transfers, "officer", LETTER, letter)
    assert html.count("岁，回族，系") == 2


async def test_a_void_letter_is_not_printed_and_a_branch_prints_none(transfers: Any) -> None:
    case = await transfers.opened(transfers.out())
    letter = (await transfers.issued(case))["id"]
    answer = await transfers.at.ask("secretary", LETTER, {"id": letter})
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    take = {"case": case, "reason": "不再调动"}
    await transfers.done("secretary", "transfersWithdraw", take, "case { id }")
    answer = await transfers.at.ask("officer", LETTER, {"id": letter})
    assert answer["data"] is None
    assert "transfers.letter_not_printed" in str(answer["errors"])
    status, _, said = await for_word(transfers, letter)
    assert (status, "transfers.letter_not_printed" in said) == (400, True)
    answer = await transfers.at.ask("municipal", PRINTS, {"id": letter})
    assert answer["data"]["node"]["prints"] == 0


async def test_who_left_without_a_receipt_is_on_the_list_of_the_branch_and_above(
    transfers: Any,
) -> None:
    await sent(transfers)
    at = transfers.at.id("committee")
    assert "（无记录）" in await page(transfers, "officer", LIST, at)
    await transfers.later(date(2026, 8, 15))
    html = await page(transfers, "officer", LIST, at)
    for words in ("转一", "2026-0001", "中共海河市河东区委组织部", "共 1 人"):
        assert words in html, words


async def test_the_workbook_gives_the_same_list_out(transfers: Any) -> None:
    await sent(transfers)
    await transfers.later(date(2026, 8, 15))
    filters = {"organization": transfers.at.id("branch"), "purpose": "核查"}
    async with transfers.at.by("officer") as act:
        [row] = [*await UNRECEIPTED.read(act, filters)]
    assert (row["name"], row["number"], row["finding"]) == ("转一", "2026-0001", None)
    async with transfers.at.by("rival") as act:
        assert [*await UNRECEIPTED.read(act, {})] == []


async def rows_of(transfers: Any, login: str, name: str) -> list[str]:
    """Whom the workbook of this name names to this account."""
    [sheet] = [each for each in SHEETS if each.name == name]
    async with transfers.at.by(login) as act:
        assert sheet.read is not None
        given = {"organization": transfers.at.id("committee"), "purpose": "核对"}
        return [
            f"{row['name']} {row.get('state', row.get('matter'))}"
            for row in await sheet.read(act, given)
        ]


async def test_nobody_takes_registers_out_who_may_not_read_them(transfers: Any) -> None:
    """Another committee, a member, another institution, and everybody where the plugin is off."""
    await letter_of(transfers)
    stopped = await transfers.at.member(name="停一")
    await transfers.stopped(transfers.settled(member=transfers.id(stopped)))
    given = {"organization": transfers.at.id("committee"), "purpose": "核对"}
    other = await transfers.at.house.found("qinghe", "清河市直机关")
    for sheet in SHEETS:
        assert sheet.read is not None
        for act_of in (transfers.at.by("rival"), transfers.at.by("me"), other.by("officer")):
            async with act_of as act:
                assert [*await sheet.read(act, {})] == [], sheet.name
                with pytest.raises((Forbidden, NotFound)):
                    await sheet.read(act, given)
    found = {sheet.name: len(await rows_of(transfers, "officer", sheet.name)) for sheet in SHEETS}
    assert found["transfers_letters"] == found["transfers_memberships"] == 1, "there is something"
    await transfers.at.switch("transfers", False)
    for sheet in SHEETS:
        async with transfers.at.by("officer") as act:
            assert sheet.read is not None
            assert [*await sheet.read(act, {})] == [], sheet.name
            with pytest.raises(PluginDisabled):
                await sheet.read(act, given)


async def test_registers_are_held_to_their_most_rows_by_what_the_caller_sees(
    transfers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await letter_of(transfers)
    monkeypatch.setattr("zhibu_transfers.service.registers.MOST_EXPORTED", 0)
    [letters] = [each for each in SHEETS if each.name == "transfers_letters"]
    assert letters.read is not None
    async with transfers.at.by("rival") as act:
        assert [*await letters.read(act, {})] == [], "who sees none is not told of others"
    async with transfers.at.by("officer") as act:
        with pytest.raises(PageTooLong):
            await letters.read(act, {})


async def test_letters_not_used_and_expired_are_lists_of_their_own_to_print_and_to_take_out(
    transfers: Any,
) -> None:
    await letter_of(transfers)
    committee = transfers.at.id("committee")
    assert "转一" in await page(transfers, "officer", LETTERS % ", only: UNUSED", committee)
    assert "无记录" in await page(transfers, "officer", LETTERS % ", only: EXPIRED", committee)
    assert "无记录" in await page(transfers, "officer", LETTERS % ", year: 2025", committee)
    await transfers.later(date(2026, 6, 25))
    html = await page(transfers, "officer", LETTERS % ", only: EXPIRED", committee)
    for words in ("过期未用组织关系介绍信登记表", "2026第0001号", "市内", "已过期"):
        assert words in html, words
    assert await rows_of(transfers, "officer", "transfers_letters") == ["转一 已过期"]
    assert await rows_of(transfers, "officer", "transfers_unused") == ["转一 已过期"]
    assert await rows_of(transfers, "officer", "transfers_expired") == ["转一 已过期"]


async def test_who_is_stopped_or_retained_abroad_is_one_register(transfers: Any) -> None:
    await transfers.retained()
    other = await transfers.at.member(name="停一")
    await transfers.stopped(transfers.settled(member=transfers.id(other)))
    branch = transfers.at.id("branch")
    html = await page(transfers, "secretary", STANDING, branch)
    for words in ("转一", "保留组织关系", "新加坡", "停一", "在国（境）外定居", "香港", "共 2 件"):
        assert words in html, words
    assert await rows_of(transfers, "officer", MEMBERSHIPS.name) == ["停一 stop", "转一 retain"]
    asked = {"organization": branch}
    headers = {"authorization": f"Bearer {transfers.at.credentials['secretary']}"}
    answer = await transfers.at.house.client.get(
        "/print/transfersMembershipsPage.docx", headers=headers, params=asked
    )
    assert answer.status_code == 200, answer.text
    words = "".join(cell.text for row in _table(answer.content).rows for cell in row.cells)
    assert "停一" in words
    assert "新加坡" in words


def _table(content: bytes) -> Any:
    return Document(BytesIO(content)).tables[0]
