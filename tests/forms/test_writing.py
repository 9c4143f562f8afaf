"""Exports, templates and returned workbooks, as another program reads them."""

import os
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from zhibu.forms.brush import Mark
from zhibu.forms.checking import check
from zhibu.forms.columns import Column
from zhibu.forms.faults import Fault
from zhibu.forms.kinds import Choice, Date, Exact, Phone, Text, Whole, YesNo
from zhibu.forms.reading import read
from zhibu.forms.returned import returned
from zhibu.forms.template import template
from zhibu.forms.writing import write

Workbook = Callable[..., bytes]
Columns = tuple[Column, ...]
TODAY = date(2026, 11, 21)
HEAD = ["姓名", "身份证号"]


def cells(content: bytes, sheet: int = 0) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return book.get_sheet_by_index(sheet).to_python()


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name).decode()


def record(**values: Any) -> dict[str, Any]:
    keys = ("name", "identity", "gender", "joined_on", "phone", "hours", "serving", "remark")
    return dict.fromkeys(keys) | {"serving": False} | values


@pytest.fixture
def people(identity: Callable[[int], str]) -> list[dict[str, Any]]:
    return [
        record(
            name="张三",
            identity=identity(1),
            gender="male",
            joined_on=date(2008, 6, 12),
            phone="13800001234",
            hours=Decimal("31.25"),
            serving=True,
            remark="=1+1",
        ),
        record(name="买买提·艾力", identity="11010519491231002X", remark="+86 @x"),
    ]


async def test_what_is_exported_imports_as_the_same_values(
    columns: Columns, people: list[dict[str, Any]]
) -> None:
    checked = await check(read(write(people, columns, "党员名册"), columns), on=TODAY)
    assert checked.faults == []
    assert [row.as_dict() for row in checked.good] == people


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "day": st.none() | st.dates(date(1910, 1, 1), date(2199, 12, 31)),
                "hours": st.none() | st.decimals(-9999, 9999, places=2),
                "count": st.none() | st.integers(0, 10**9),
                "phone": st.none() | st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
                "kept": st.sampled_from([True, False, None]),
                "grade": st.sampled_from(["good", "bad", None]),
                "text": st.none()
                | st.text(st.characters(codec="gb18030"), min_size=1, max_size=30),
            }
        ),
        min_size=1,
        max_size=8,
    )
)
async def test_any_values_survive_export_and_import(rows: list[dict[str, Any]]) -> None:
    columns = (
        Column("day", "日期", Date()),
        Column("hours", "学时", Exact(least=Decimal(-9999))),
        Column("count", "人数", Whole()),
        Column("phone", "电话", Phone()),
        Column("kept", "保留", YesNo(blank=None)),
        Column("grade", "等次", Choice({"好": "good", "差": "bad"})),
        Column("text", "说明", Text()),
    )
    clean = [row | {"text": columns[6].value(row["text"], TODAY)} for row in rows]
    kept = [row for row in clean if any(value is not None for value in row.values())]
    checked = await check(read(write(kept, columns, "记录"), columns), on=TODAY)
    found = [row.as_dict() for row in checked.good]
    # Without a required column, a lone remark may look like the foot of the form; nothing else may.
    assert len(found) + len(checked.warnings) == len(kept)
    assert [row for row in kept if row in found] == found


def test_no_cell_of_an_export_is_a_formula(columns: Columns) -> None:
    dangers = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")']
    content = write([record(name="甲", remark=text) for text in dangers], columns, "名册")
    sheet = part(content, "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet
    assert "quotePrefix" in part(content, "xl/styles.xml")
    assert [row[7] for row in cells(content)[2:]] == dangers


def test_identity_numbers_and_phones_are_text_cells(
    columns: Columns, people: list[dict[str, Any]]
) -> None:
    row = cells(write(people, columns, "名册"))[2]
    assert row[1] == people[0]["identity"]
    assert row[4] == "13800001234"


def test_an_export_is_ready_to_print(columns: Columns, people: list[dict[str, Any]]) -> None:
    mark = Mark(
        account="李四 & 组织部", at=datetime(2026, 11, 21, 9, 5, tzinfo=UTC), purpose="年报"
    )
    content = write(people, columns, "党员名册", mark=mark)
    sheet = part(content, "xl/worksheets/sheet1.xml")
    assert 'paperSize="9"' in sheet
    assert 'orientation="landscape"' in sheet
    assert 'ySplit="2"' in sheet
    assert '<autoFilter ref="A2:H4"/>' in sheet
    assert "&amp;L敏感个人信息 · 李四 &amp;&amp; 组织部 · 2026-11-21 09:05 · 年报" in sheet
    assert "$1:$2" in part(content, "xl/workbook.xml")


@pytest.mark.parametrize(
    ("keys", "label"),
    [
        (("name", "phone"), "敏感个人信息"),
        (("name", "hours"), "个人信息"),
        (("hours",), "内部资料"),
    ],
)
def test_an_export_is_labelled_by_the_most_that_its_columns_tell(
    columns: Columns, people: list[dict[str, Any]], keys: tuple[str, ...], label: str
) -> None:
    mark = Mark(account="李四", at=datetime(2026, 11, 21, 9, 5, tzinfo=UTC), purpose="年报")
    some = [column for column in columns if column.key in keys]
    sheet = part(write(people, some, "名册", mark=mark), "xl/worksheets/sheet1.xml")
    assert f"&amp;L{label} · 李四" in sheet


@pytest.mark.parametrize("count", [0, 1, 5000, 5001])
def test_any_number_of_rows_is_written_whole(count: int, columns: Columns) -> None:
    rows = (record(name=f"党员{number}") for number in range(count))
    content = write(rows, columns, "名/册?")
    streamed = "inlineStr" in part(content, "xl/worksheets/sheet1.xml")
    assert streamed is (count > 5000)
    found = cells(content)
    assert found[0][0] == "名/册?"
    assert [row[0] for row in found[2:]] == [f"党员{number}" for number in range(count)]


def test_a_large_export_leaves_no_file_behind(
    columns: Columns, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shared = Path("/dev/shm")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    write((record(name="甲") for _ in range(6000)), columns, "名册")
    assert list(tmp_path.iterdir()) == []
    if shared.is_dir():
        assert not list(shared.glob(f"zhibu-{os.getpid()}-*"))


async def test_a_template_imports_as_no_rows(columns: Columns) -> None:
    reading = read(template(columns, "党员名册"), columns)
    assert reading.present == {column.key for column in columns}
    checked = await check(reading, on=TODAY)
    assert (checked.rows, checked.errors) == (0, [])
    assert [fault.code for fault in checked.faults] == ["core.form_rows_missing"]


def test_a_template_explains_itself(columns: Columns) -> None:
    content = template(columns, "党员名册")
    assert cells(content)[1][:3] == ["姓名*", "身份证号*", "性别"]
    instructions = cells(content, 1)
    assert [row[:2] for row in instructions[1:4]] == [
        ["姓名", "必填"],
        ["身份证号", "必填"],
        ["性别", "选填"],
    ]
    assert instructions[1][4] == "张三"
    assert instructions[3][3] == "男、女"
    sheet = part(content, "xl/worksheets/sheet1.xml")
    assert '<formula1>"男,女"</formula1>' in sheet
    assert "18 位居民身份证号码" in part(content, "xl/comments1.xml")


def test_a_long_list_of_choices_is_kept_on_a_hidden_sheet() -> None:
    choices = {f"第{number}种培训类别": number for number in range(60)}
    columns = (Column("kind", "类别", Choice(choices), required=True),)
    content = template(columns, "学时")
    assert "'选项'!$A$1:$A$60" in part(content, "xl/worksheets/sheet1.xml")
    assert [row[0] for row in cells(content, 2)] == list(choices)
    assert re.search(r'name="选项"[^>]*state="hidden"', part(content, "xl/workbook.xml"))
    assert read(content, columns).sheet == "学时"


async def test_a_workbook_is_given_back_with_what_is_wrong(
    workbook: Workbook,
    columns: Columns,
    identity: Callable[[int], str],
    explain: Callable[[Fault], str],
) -> None:
    rows = [
        ["某支部"],
        ["序号", *HEAD, "入党时间"],
        [1, "张三", identity(1), date(2008, 6, 12)],
        [2, "李四", "320102198503124532", "08.6.1"],
        ["填表人：王五"],
    ]
    content = workbook(rows)
    reading = read(content, columns)
    checked = await check(reading, on=TODAY)
    report = cells(returned(reading, checked.faults, explain))
    assert [row[:4] for row in report[:4]] == [
        ["某支部", "", "", ""],
        ["序号", *HEAD, "入党时间"],
        [1.0, "张三", identity(1), date(2008, 6, 12)],
        [2.0, "李四", "320102198503124532", "08.6.1"],
    ]
    assert [row[4] for row in report[1:3]] == ["错误说明", ""]
    assert report[3][4].startswith("【身份证号】身份证号 320*************32 的校验位不符")
    assert "【入党时间】“08.6.1”的年份只有两位" in report[3][4]


async def test_faulty_cells_are_coloured_and_warnings_differently(
    workbook: Workbook,
    columns: Columns,
    identity: Callable[[int], str],
    explain: Callable[[Fault], str],
) -> None:
    content = workbook(
        [[*HEAD, "入党时间"], ["张三", "1", None], ["李四", identity(2), "2008年6月"]]
    )
    reading = read(content, columns)
    checked = await check(reading, on=TODAY)
    report = returned(reading, checked.faults, explain)
    styles = part(report, "xl/styles.xml")
    assert "FFFFC7CE" in styles
    assert "FFFFEB9C" in styles
    sheet = part(report, "xl/worksheets/sheet1.xml")
    styled = dict(re.findall(r'<c r="([A-Z]+\d+)" s="(\d+)"', sheet))
    assert len({styled["A2"], styled["B2"], styled["C3"]}) == 3


async def test_only_the_rows_to_correct_are_given_back_and_can_be_sent_again(
    workbook: Workbook,
    columns: Columns,
    identity: Callable[[int], str],
    explain: Callable[[Fault], str],
) -> None:
    content = workbook([HEAD, ["张三", identity(1)], ["李四", "1"], ["王五", identity(3)]])
    reading = read(content, columns)
    checked = await check(reading, on=TODAY)
    report = returned(reading, checked.faults, explain, only_faulty=True)
    again = read(report, columns)
    assert [line.cells[0] for line in again.lines()] == ["李四"]
    assert again.warnings == []
    once_more = await check(again, on=TODAY)
    second = cells(returned(again, once_more.faults, explain))
    assert second[0] == [*HEAD, "错误说明"]
    assert len(second[1]) == 3
    corrected = await check(
        read(workbook([[*HEAD, "错误说明"], ["李四", identity(2), "旧的说明"]]), columns), on=TODAY
    )
    assert corrected.faults == []
