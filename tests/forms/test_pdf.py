"""A printed page as PDF says all that the page says, in its order, on A4."""

import re
import sys
from datetime import date
from pathlib import Path

import pytest

from zhibu.cli.doctor import printing
from zhibu.cli.doctor.finding import State
from zhibu.cli.doctor.printing import examine_printing
from zhibu.forms.printing import render
from zhibu.pdf import GlyphMissing, PdfMissing, Press, paper_of
from zhibu.pdf import press as pressing
from zhibu.settings import Settings

REGISTER = {
    "title": "党费收缴情况表",
    "organization": "云岭市直机关第一党支部",
    "period": "2026年",
    "number": "2026-0001",
    "headings": ["序号", "姓名", "一月"],
    "rows": [[1, "张三", "2.00"], [2, "李四 & <王五>", None]],
    "remark": "以上属实。",
    "signers": ["经手人", "支部书记"],
    "sealed_by": "中共云岭市直机关第一支部委员会",
    "day": date(2026, 11, 28),
    "mark": "张三 于 2026-11-28 打印",
}


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


def register(**changes: object) -> str:
    return render("register.html", **{**REGISTER, **changes})


def test_every_part_of_a_page_is_what_its_template_made_it() -> None:
    paper = paper_of(register(landscape=True))
    assert (paper.title, paper.landscape) == ("党费收缴情况表", True)
    assert [(block.kind, block.texts) for block in paper.blocks] == [
        ("number", ("编号：2026-0001",)),
        ("title", ("党费收缴情况表",)),
        ("sides", ("单位：云岭市直机关第一党支部", "2026年")),
        ("table", ()),
        ("paragraph", ("以上属实。",)),
        ("signatures", ("经手人（签字）：", "支部书记（签字）：")),
        ("seal", ("中共云岭市直机关第一支部委员会（盖章）", "二〇二六年十一月二十八日")),
        ("mark", ("张三 于 2026-11-28 打印",)),
    ]
    table = paper.blocks[3]
    assert [[cell.text for cell in row] for row in table.head] == [["序号", "姓名", "一月"]]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["1", "张三", "2.00"],
        ["2", "李四 & <王五>", ""],
    ]
    assert not paper_of(register()).landscape


def test_what_a_template_of_one_s_own_holds_is_not_lost() -> None:
    """Elements that no template of ours has: their text stays, in its order."""
    html = """<html><head><title>表</title><style>p { color: red }</style></head><body>
      <p>一<b>二</b>三<br>四</p><ul><li>五</li><li>六</li></ul>七<div>八<p>九</div>
      <table><caption>十</caption>
      <tr><td colspan="2">甲<p>乙</p>丙</td><td class="text">丁</td></tr>
      <tr><th>戊</th></table><p class="minutes">己
庚</p><script>alert(1)</script></body></html>"""
    paper = paper_of(html)
    told = [
        text
        for block in paper.blocks
        for text in (*block.texts, *(cell.text for row in block.rows for cell in row))
    ]
    assert re.sub(r"\s", "", "".join(told)) == "一二三四五六七八九十甲乙丙丁戊己庚"
    [table] = [block for block in paper.blocks if block.kind == "table"]
    assert [(cell.across, cell.left) for cell in table.rows[0]] == [(2, False), (1, True)]
    assert paper.blocks[-1].texts == ("己\n庚",)
    assert paper.blocks[0].texts == ("一二三\n四",)


def test_a_page_becomes_a_pdf_also_where_no_font_is_installed(press: Press) -> None:
    content = press.printed(paper_of(register()))
    assert content.startswith(b"%PDF-")
    assert b"pdfaid" in content, "it may be archived"
    assert pressing.FAMILIES[-1] in press.families()


async def test_a_long_table_goes_on_and_its_columns_are_as_wide_as_what_they_hold(
    press: Press,
) -> None:
    rows = [[number, "张三", "很长的说明" * 4] for number in range(120)]
    page = register(rows=rows)
    widths = paper_of(page).told()["blocks"][3]["widths"]
    assert widths == [{"em": 2.8}, {"em": 2.8}, {"share": 20.0}]
    many = register(headings=["四个字的"] * 30, rows=[["很长的说明" * 4] * 30])
    assert {"share"} == {
        key for each in paper_of(many).told()["blocks"][3]["widths"] for key in each
    }
    assert len(await press.print(page)) > len(await press.print(register()))


def test_a_character_that_no_font_has_is_named_instead_of_left_out(press: Press) -> None:
    with pytest.raises(GlyphMissing) as missing:
        press.printed(paper_of(register(remark="\U0010fffd")))
    assert "10fffd" in missing.value.facts["fault"]


def test_without_typst_it_is_said_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(PdfMissing):
        Press().printed(paper_of(register()))
    [found] = examine_printing(Settings(data=tmp_path))
    assert (found.check, found.state, found.where) == ("fonts", State.WARNING, "pdf")


def test_the_doctor_warns_where_rare_names_would_have_gaps(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(printing, "RARE", "\U0010fffd")
    [found] = examine_printing(Settings(data=tmp_path))
    assert (found.check, found.state) == ("fonts", State.WARNING)
    assert "font_folders" in found.detail
