"""Finding the form in what people send."""

from collections.abc import Callable
from typing import Any

import pytest

from zhibu.errors import Invalid
from zhibu.forms.columns import Column
from zhibu.forms.errors import (
    FormEmpty,
    FormHeadingsMissing,
    FormHeadingsRepeated,
    FormSheetMissing,
)
from zhibu.forms.faults import Fault
from zhibu.forms.reading import read

Workbook = Callable[..., bytes]
Columns = tuple[Column, ...]
HEAD = ["序号", "姓名", "身份证号"]


def test_every_missing_required_column_is_named_at_once(
    workbook: Workbook, columns: Columns, texts: dict[str, dict[str, str]]
) -> None:
    with pytest.raises(FormHeadingsMissing) as refused:
        read(workbook([["标题"], ["性别", "手机号"]]), columns)
    assert refused.value.facts == {"columns": "姓名、身份证号", "sheet": "名册", "row": 2}
    assert "姓名、身份证号" in texts["zh-CN"][refused.value.code].format(**refused.value.facts)


def test_two_headings_of_one_column_are_refused(workbook: Workbook, columns: Columns) -> None:
    with pytest.raises(FormHeadingsRepeated) as refused:
        read(workbook([["姓名", "身份证号", "党员姓名", "公民身份号码"]]), columns)
    assert refused.value.facts["columns"] == "姓名、身份证号"


@pytest.mark.parametrize("rows", [[], [["甲", "乙"]], [[1, 2, 3]]])
def test_a_workbook_without_any_heading_is_refused(
    workbook: Workbook, columns: Columns, rows: list[list[Any]]
) -> None:
    with pytest.raises(FormEmpty):
        read(workbook(rows), columns)


def test_a_heading_below_the_twentieth_row_is_not_looked_for(
    workbook: Workbook, columns: Columns
) -> None:
    assert read(workbook([[None]] * 19 + [HEAD]), columns).heading.row == 20
    with pytest.raises(FormEmpty):
        read(workbook([[None]] * 20 + [HEAD]), columns)


def test_a_sheet_is_found_by_name_and_hidden_ones_are_not(
    workbook: Workbook, columns: Columns
) -> None:
    def hidden_first(book: Any) -> None:
        shown = book.add_worksheet("封面")
        shown.write(0, 0, "党员名册")
        shown.activate()
        secret = book.add_worksheet("旧数据")
        secret.write_row(0, 0, HEAD)
        secret.write_row(1, 0, [1, "旧人", "x"])
        secret.hide()

    content = workbook([HEAD, [1, "张三", "y"]], before=hidden_first)
    reading = read(content, columns)
    assert reading.sheet == "名册"
    assert [line.cells[0] for line in reading.lines()] == ["张三"]
    with pytest.raises(FormSheetMissing) as refused:
        read(content, columns, sheet="旧数据")
    assert refused.value.facts["sheets"] == "封面、名册"


def test_the_heading_is_found_below_merged_titles(workbook: Workbook, columns: Columns) -> None:
    rows = [
        ["某支部党员名册"],
        [],
        ["单位：某支部", None, "姓名"],
        [None, "姓 名*", "公民\n身份号码（18位）", "性别"],
        [None, "张三", "y"],
    ]
    reading = read(workbook(rows), columns)
    assert reading.heading.row == 4
    assert reading.present == {"name", "identity", "gender"}
    assert [(line.number, line.cells[:2]) for line in reading.lines()] == [(5, ("张三", "y"))]


def test_headings_merged_over_two_rows_are_joined(workbook: Workbook, columns: Columns) -> None:
    rows = [
        ["姓名", "身份证号", "学习情况", None],
        [None, None, "学时", "备注"],
        ["张三", "y", 4, "好"],
    ]
    reading = read(workbook(rows), columns)
    assert reading.heading.row == 2
    assert [line.cells for line in reading.lines()] == [
        ("张三", "y", None, None, None, 4, None, "好")
    ]


def test_an_empty_row_below_the_heading_is_no_heading(workbook: Workbook, columns: Columns) -> None:
    reading = read(workbook([HEAD, [], [1, "张三", "y"]]), columns)
    assert reading.heading.row == 1
    assert [line.number for line in reading.lines()] == [3]


def test_a_form_away_from_the_corner_keeps_its_row_numbers(
    workbook: Workbook, columns: Columns
) -> None:
    rows = [[], [], [None, None, *HEAD], [None, None, 1, "张三", "y"]]
    (line,) = read(workbook(rows), columns).lines()
    assert (line.number, line.cells[:2]) == (4, ("张三", "y"))


def test_unknown_headings_are_warnings(workbook: Workbook, columns: Columns) -> None:
    reading = read(workbook([[*HEAD, "星座"]]), columns)
    assert [(fault.row, fault.column, fault.is_error) for fault in reading.warnings] == [
        (1, "序号", False),
        (1, "星座", False),
    ]


def test_the_foot_of_a_form_is_passed_over_aloud(workbook: Workbook, columns: Columns) -> None:
    rows = [
        HEAD,
        [1, "张三", "y"],
        HEAD,
        ["合 计", None, None],
        ["总计：2人"],
        [None, "填表人：李四"],
        ["负责人（签字）："],
        ["备注：以上情况属实"],
        ["支部书记（签字）：", "王五"],
    ]
    skipped: list[Fault] = []
    lines = list(read(workbook(rows), columns).lines(skipped))
    assert [line.number for line in lines] == [2]
    assert [(fault.row, fault.code.removeprefix("core.form_row_")) for fault in skipped] == [
        (3, "heading"),
        (4, "total"),
        (5, "total"),
        *((row, "signature") for row in range(6, 10)),
    ]


def test_a_record_that_looks_like_a_foot_is_kept(workbook: Workbook, columns: Columns) -> None:
    rows = [["备注", "姓名", "身份证号"], ["合计", "张三", "y"], ["审核人：王", "李四", "z"]]
    skipped: list[Fault] = []
    assert len(list(read(workbook(rows), columns).lines(skipped))) == 2
    assert skipped == []


def test_lines_can_be_read_twice(workbook: Workbook, columns: Columns) -> None:
    reading = read(workbook([HEAD, [1, "张三", "y"]]), columns)
    assert list(reading.lines()) == list(reading.lines())


def test_every_file_error_has_a_text(texts: dict[str, dict[str, str]]) -> None:
    from zhibu.forms import errors

    classes = [
        found
        for found in vars(errors).values()
        if isinstance(found, type) and issubclass(found, Invalid) and found is not Invalid
    ]
    assert len(classes) == 8
    for language in texts.values():
        assert all(found.code in language for found in classes)
    assert texts["en"].keys() == texts["zh-CN"].keys()
