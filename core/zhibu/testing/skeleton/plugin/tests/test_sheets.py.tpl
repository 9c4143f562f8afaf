"""The import: everything wrong is found before anything is written."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from zhibu.act import Act
from zhibu.forms.checking import Checked, Mode, check
from zhibu.forms.reading import read
from zhibu.forms.writing import write
from zhibu.testing.house import Institution
from zhibu.testing.register import identity
from zhibu_sample.sheets import COLUMNS, SHEET


def row(number: int, name: str, **changes: Any) -> dict[str, Any]:
    given = {"happened_on": date(2026, 6, 1), "title": "一件事", "late_reason": None}
    return {"identity": identity(number), "name": name, **given, **changes}


async def checked(act: Act, rows: Sequence[dict[str, Any]]) -> Checked:
    """What an import finds in a workbook of these rows."""
    assert SHEET.check
    reading = read(write(rows, COLUMNS, SHEET.title), SHEET.columns)
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


async def test_the_same_file_again_changes_nothing(institution: Institution) -> None:
    assert SHEET.write
    await institution.member("branch", name="张三", identity_number=identity(500))
    counts = []
    for _ in range(2):
        async with institution.by("secretary") as act:
            found = await checked(act, [row(500, "张三")])
            written = await SHEET.write(act, found.to_write(Mode.ALL_OR_NOTHING))
            counts.append((written.created, written.unchanged))
    assert counts == [(1, 0), (0, 1)]
