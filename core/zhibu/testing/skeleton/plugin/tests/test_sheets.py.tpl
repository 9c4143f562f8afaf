"""The import: everything wrong is found before anything is written."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from zhibu.act import Act
from zhibu.forms.checking import Checked, Mode, check
from zhibu.forms.columns import Column
from zhibu.forms.reading import read
from zhibu.forms.rows import Written
from zhibu.forms.writing import write
from zhibu.testing.house import Institution, identity
from zhibu_sample.sheets import SHEET


def row(number: int, name: str, **changes: Any) -> dict[str, Any]:
    given = {"happened_on": date(2026, 6, 1), "title": "一件事", "late_reason": None}
    return {"identity": identity(number), "name": name, **given, **changes}


async def checked(
    act: Act, rows: Sequence[dict[str, Any]], columns: Sequence[Column] = SHEET.columns
) -> Checked:
    """What an import finds in a workbook of these rows, with these of the sheet's columns."""
    assert SHEET.check
    reading = read(write(rows, columns, SHEET.title), SHEET.columns)
    batch = partial(SHEET.check, act)
    return await check(reading, on=act.today, key=SHEET.key, batch_check=batch)


async def test_every_fault_is_found_with_its_row_and_column(institution: Institution) -> None:
    await institution.member("branch", name="张三", identity_number=identity(500))
    await institution.member("far", name="李四", identity_number=identity(502))
    rows = [
        row(500, "张三"),
        row(500, "张山", title="另一件事"),
        row(502, "李四"),
        row(504, "王五"),
        row(500, "张三", happened_on=date(2026, 1, 1)),
    ]
    async with institution.by("secretary") as act:
        found = await checked(act, rows)
    assert [(fault.column, fault.code) for fault in found.faults] == [
        ("姓名", "sample.name_differs"),
        ("身份证号", "sample.member_unknown"),
        ("身份证号", "sample.member_unknown"),
        ("补录原因", "sample.late_reason_missing"),
    ]


async def imported(institution: Institution, *rows: dict[str, Any]) -> Written:
    """What an import of these rows says that it did."""
    assert SHEET.write
    async with institution.by("secretary") as act:
        found = await checked(act, rows)
        assert found.faults == []
        return await SHEET.write(act, found.to_write(Mode.ALL_OR_NOTHING))


async def test_the_same_file_again_changes_nothing(institution: Institution) -> None:
    await institution.member("branch", name="张三", identity_number=identity(500))
    assert await imported(institution, row(500, "张三")) == Written(created=1)
    await institution.later(days=60)  # it would be late by now
    assert await imported(institution, row(500, "张三")) == Written(unchanged=1)


async def test_what_a_file_says_otherwise_is_changed_and_told(institution: Institution) -> None:
    await institution.member("branch", name="张三", identity_number=identity(500))
    await imported(institution, row(500, "张三"), row(500, "张三", title="另一件事"))
    other = row(500, "张三", late_reason="证书迟到")
    written = await imported(institution, other, row(500, "张三", title="另一件事"))
    assert written == Written(updated=1, unchanged=1)
    assert await imported(institution, other) == Written(unchanged=1)


async def test_a_column_that_the_file_lacks_leaves_what_is_recorded(
    institution: Institution,
) -> None:
    assert SHEET.write
    await institution.member("branch", name="张三", identity_number=identity(500))
    await imported(institution, row(500, "张三", late_reason="证书迟到"))
    fewer = [column for column in SHEET.columns if column.key != "late_reason"]
    async with institution.by("secretary") as act:
        found = await checked(act, [row(500, "张三")], fewer)
        written = await SHEET.write(act, found.to_write(Mode.ALL_OR_NOTHING))
    assert written == Written(unchanged=1)
