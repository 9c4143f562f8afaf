"""Forms as workbooks: a worksheet for each unit, added up, to be signed and sealed."""

import re
import zipfile
from decimal import Decimal
from io import BytesIO
from typing import Any

from python_calamine import CalamineWorkbook

from zhibu.forms.columns import Column
from zhibu.forms.kinds import Exact, Name, Text, Whole
from zhibu.forms.layouts import Paper
from zhibu.forms.writing import write

COLUMNS = (
    Column("unit", "党支部", Text(limit=200)),
    Column("year", "年度", Whole()),
    Column("name", "姓名", Name()),
    Column("plus", "加分", Exact()),
    Column("total", "得分", Exact()),
)
PAPER = Paper(
    by=("unit", "year"),
    after={"year": "年度"},
    totals=("plus", "total"),
    signers=("记录员", "书记"),
)


def row(unit: str, name: str, plus: str | None, total: str | None) -> dict[str, Any]:
    numbers = {
        key: None if value is None else Decimal(value)
        for key, value in (("plus", plus), ("total", total))
    }
    return {"unit": unit, "year": 2026, "name": name, **numbers}


def written(*rows: dict[str, Any]) -> bytes:
    return write(rows, COLUMNS, "积分汇总表", paper=PAPER)


def cells(content: bytes, sheet: int) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(sheet).to_python()


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


def test_each_unit_has_a_worksheet_with_its_own_rows_sums_signatures_and_seal() -> None:
    content = written(
        row("第一支部", "甲", "2.5", "102.5"),
        row("第一支部", "乙", None, None),
        row("第一支部", "=1+1", "0.1", "0.2"),
        row("第二支部", "丙", "7", "107"),
    )
    names = CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names
    assert names == ["1 第一支部", "2 第二支部"]
    first = cells(content, 0)
    assert first[0][0] == "积分汇总表"
    assert first[1][0] == "单位：第一支部　　2026年度"
    assert first[2] == ["姓名", "加分", "得分"]
    assert [each[0] for each in first[3:6]] == ["甲", "乙", "=1+1"]
    assert first[6] == ["合计（3人）", 2.6, 102.7]
    said = "".join(str(cell) for each in first[7:] for cell in each)
    assert said == "记录员（签字）：书记（签字）：第一支部（盖章）年　　月　　日"
    assert cells(content, 1)[4] == ["合计（1人）", 7.0, 107.0]


def test_sums_are_formulas_whose_values_are_there_already() -> None:
    content = written(row("第一支部", "甲", "2.5", "102.5"), row("第一支部", "乙", "1", "101"))
    sheet = part(content, "xl/worksheets/sheet1.xml")
    assert re.findall(r"<f>([^<]*)</f><v>([^<]*)</v>", sheet) == [
        ("SUM(B4:B5)", "3.5"),
        ("SUM(C4:C5)", "203.5"),
    ]


def test_headings_are_repeated_on_every_page_of_a4() -> None:
    content = written(row("第一支部", "甲", "1", "101"))
    assert "'1 第一支部'!$1:$3" in part(content, "xl/workbook.xml")
    assert 'paperSize="9"' in part(content, "xl/worksheets/sheet1.xml")


def test_a_form_without_rows_is_an_empty_form() -> None:
    content = written()
    assert CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names == ["积分汇总表"]
    assert cells(content, 0)[2] == ["姓名", "加分", "得分"]


def test_units_of_one_long_name_have_worksheets_of_their_own() -> None:
    long = "中国共产党清河市直属机关工作委员会某某服务中心窗口第一支部委员会"
    content = written(row(long, "甲", "1", "101"), row(f"{long}二", "乙", "1", "101"))
    names = CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names
    assert len(names) == 2
    assert all(len(name) <= 31 for name in names)


def test_a_thousand_units_are_one_workbook() -> None:
    rows = [row(f"支部{number}", "甲", "1", "101") for number in range(1000) for _ in range(6)]
    content = written(*rows)
    assert len(CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names) == 1000
