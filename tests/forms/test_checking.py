"""The first pass: every fault by row and column, and what may then be written."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from zhibu.errors import Conflict
from zhibu.forms import checking
from zhibu.forms.checking import Checked, Mode, check
from zhibu.forms.columns import Column
from zhibu.forms.faults import Fault, Severity
from zhibu.forms.reading import read
from zhibu.forms.rows import Row

Workbook = Callable[..., bytes]
Columns = tuple[Column, ...]
HEAD = ["姓名", "身份证号", "性别", "入党时间", "手机号", "学时", "在职", "备注"]
TODAY = date(2026, 11, 21)


def found(checked: Checked) -> list[tuple[int | None, str | None, str]]:
    return [(fault.row, fault.column, fault.code) for fault in checked.faults]


async def test_every_fault_is_listed_by_row_and_column(
    workbook: Workbook, columns: Columns, explain: Callable[[Fault], str]
) -> None:
    rows = [
        ["党员名册"],
        HEAD,
        ["数字证号", 320102198503124530, "男", "2008.06.12", 13800001234, 32],
        [None, "32010219850312453X", "中", "08.6.12", "12", "很多", "√√", "长" * 60],
    ]
    checked = await check(read(workbook(rows), columns), on=TODAY)
    assert found(checked) == [
        (3, "身份证号", "core.identity_digits_lost"),
        (4, "姓名", "core.cell_required"),
        (4, "身份证号", "core.identity_check_digit"),
        (4, "性别", "core.cell_choice_unknown"),
        (4, "入党时间", "core.cell_date_short_year"),
        (4, "手机号", "core.cell_phone_invalid"),
        (4, "学时", "core.cell_not_a_number"),
        (4, "在职", "core.cell_yes_no_unknown"),
        (4, "备注", "core.cell_too_long"),
    ]
    assert (checked.rows, checked.good, checked.bad_rows) == (2, [], 2)
    assert "男、女" in explain(checked.faults[3])
    assert "已经丢失" in explain(checked.faults[0])


async def test_good_rows_hold_values_and_say_which_columns_the_file_has(
    workbook: Workbook, columns: Columns, identity: Callable[[int], str]
) -> None:
    rows = [
        ["姓名", "身份证号", "学时"],
        ["张三", identity(1), "4学时"],
        ["李四", identity(2), None],
    ]
    checked = await check(read(workbook(rows), columns), on=TODAY)
    first, second = checked.good
    assert first.as_dict() == {"name": "张三", "identity": identity(1), "hours": Decimal(4)}
    assert second["hours"] is None
    assert "hours" in second
    assert second["phone"] is None
    assert "phone" not in second


@pytest.mark.parametrize("again", ["same", "lower"])
async def test_a_row_that_repeats_the_key_is_refused(
    workbook: Workbook, columns: Columns, identity: Callable[[int], str], again: str
) -> None:
    number = "11010519491231002X"
    other = number.lower() if again == "lower" else number
    rows = [["姓名", "身份证号"], ["张三", number], ["李四", identity(2)], ["张三", other]]
    checked = await check(read(workbook(rows), columns), on=TODAY, key=("identity",))
    assert found(checked) == [(4, "身份证号", "core.form_row_repeated")]
    assert checked.faults[0].facts == {"first": 2}
    assert [row.number for row in checked.good] == [2, 3]


async def test_a_key_of_two_columns_repeats_only_as_a_whole(
    workbook: Workbook, columns: Columns, identity: Callable[[int], str]
) -> None:
    rows = [
        ["姓名", "身份证号"],
        ["张三", identity(1)],
        ["张三", identity(2)],
        ["张三", identity(1)],
    ]
    checked = await check(read(workbook(rows), columns), on=TODAY, key=("name", "identity"))
    assert [fault.row for fault in checked.errors] == [4]


async def test_row_checks_see_only_readable_rows(
    workbook: Workbook, columns: Columns, identity: Callable[[int], str]
) -> None:
    seen: list[int] = []

    def judge(row: Row) -> Iterable[Fault]:
        seen.append(row.number)
        if row["name"] == "李四":
            yield row.fault("core.doubt", "name", warning=True)
        if row["name"] == "王五":
            yield row.fault("core.wrong")

    rows = [["姓名", "身份证号"], ["张三", "1"], ["李四", identity(2)], ["王五", identity(3)]]
    checked = await check(read(workbook(rows), columns), on=TODAY, row_check=judge)
    assert seen == [3, 4]
    assert [row.number for row in checked.good] == [3]
    assert found(checked)[1:] == [(3, "姓名", "core.doubt"), (4, None, "core.wrong")]


async def test_the_batch_check_sees_all_good_rows_once(
    workbook: Workbook, columns: Columns, identity: Callable[[int], str]
) -> None:
    class Elsewhere(Conflict):
        code = "core.elsewhere"

    calls: list[list[str]] = []

    async def compare(rows: Sequence[Row]) -> list[Fault]:
        calls.append([row["name"] for row in rows])
        return [Fault.of(Elsewhere(branch="一支部"), rows[0].number, "姓名")]

    rows = [["姓名", "身份证号"], ["张三", identity(1)], ["坏", "1"], ["李四", identity(2)]]
    checked = await check(read(workbook(rows), columns), on=TODAY, batch_check=compare)
    assert calls == [["张三", "李四"]]
    assert [row["name"] for row in checked.good] == ["李四"]
    assert found(checked)[0] == (2, "姓名", "core.elsewhere")
    assert checked.faults[0].facts == {"branch": "一支部"}


async def test_one_bad_row_keeps_all_or_only_itself_from_being_written(
    workbook: Workbook, columns: Columns, identity: Callable[[int], str]
) -> None:
    rows = [["姓名", "身份证号"], ["张三", identity(1)], ["李四", "1"]]
    checked = await check(read(workbook(rows), columns), on=TODAY)
    assert checked.to_write(Mode.ALL_OR_NOTHING) == []
    assert [row["name"] for row in checked.to_write(Mode.GOOD_ROWS)] == ["张三"]


async def test_warnings_keep_nothing_from_being_written(
    workbook: Workbook, columns: Columns, identity: Callable[[int], str]
) -> None:
    rows = [
        ["姓名", "身份证号", "入党时间", "星座"],
        ["张三", identity(1), "2008年6月", "双鱼"],
        ["李四", identity(2), "2008年6月", None],
    ]
    checked = await check(read(workbook(rows), columns), on=TODAY)
    assert {fault.severity for fault in checked.faults} == {Severity.WARNING}
    assert [fault.row for fault in checked.faults] == [1, 2, 3]
    written = checked.to_write(Mode.ALL_OR_NOTHING)
    assert [row["joined_on"] for row in written] == [date(2008, 6, 1)] * 2


async def test_every_one_of_many_faults_is_listed(workbook: Workbook, columns: Columns) -> None:
    rows: list[list[Any]] = [["姓名", "身份证号"]] + [["张三", "1"]] * 3000
    checked = await check(read(workbook(rows), columns), on=TODAY)
    assert [fault.row for fault in checked.errors] == list(range(2, 3002))


async def test_a_truth_value_is_not_taken_for_the_number_above_it(
    workbook: Workbook, columns: Columns, identity: Callable[[int], str]
) -> None:
    rows = [["姓名", "身份证号", "学时"], ["张三", identity(1), 1], ["李四", identity(2), True]]
    checked = await check(read(workbook(rows), columns), on=TODAY)
    assert found(checked) == [(3, "学时", "core.cell_not_a_number")]


def test_every_fault_has_a_text(texts: dict[str, dict[str, str]]) -> None:
    folder = Path(checking.__file__).parent
    named = {
        code
        for module in folder.rglob("*.py")
        for code in re.findall(
            r'"(core\.(?:cell|form|identity|page)_\w+)"', module.read_text("utf-8")
        )
    }
    assert len(named) > 30
    assert all(language.keys() == named for language in texts.values())
