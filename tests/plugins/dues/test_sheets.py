"""Workbooks of dues: bases and payments taken in, the year's grid given out."""

from datetime import date
from typing import Any

from zhibu.forms.faults import Fault
from zhibu.forms.rows import Layout, Row
from zhibu_dues.sheets import bases, grid, payments


def rows(sheet: Any, *given: dict[str, Any]) -> list[Row]:
    """Rows of a file that has all columns, from row 2 on."""
    layout = Layout(sheet.columns, frozenset(column.key for column in sheet.columns))
    return [
        Row(number, tuple(each.get(column.key) for column in sheet.columns), layout)
        for number, each in enumerate(given, 2)
    ]


def found(faults: list[Fault]) -> list[tuple[int | None, str | None, str]]:
    return [(each.row, each.column, each.code.removeprefix("dues.")) for each in faults]


async def taken(dues: Any, sheet: Any, given: list[dict[str, Any]], login: str = "recorder") -> Any:
    async with dues.at.by(login) as act:
        read = rows(sheet, *given)
        faults = found(await sheet.check(act, read))
        return faults or await sheet.write(act, read)


def who(dues: Any, person: Any, **more: Any) -> dict[str, Any]:
    return {"identity_number": dues.numbers[person.id], "name": person.name, **more}


async def test_bases_of_a_workbook_wait_for_confirmation_and_are_taken_once(dues: Any) -> None:
    wage = {"year": 2026, "from_month": 1, "income": "wage", "base_fen": 4000}
    far = await dues.member("far")
    wrong = [
        who(dues, far, **wage),
        {**who(dues, dues.me, **wage), "name": "别人"},
        who(dues, dues.peer, **{**wage, "base_fen": None}),
    ]
    assert await taken(dues, bases.BASES, wrong) == [
        (2, "公民身份号码", "member_unknown"),
        (3, "姓名", "name_differs"),
        (4, "计算基数", "income_missing"),
    ]
    right = [who(dues, dues.me, **wage), who(dues, dues.peer, **wage)]
    assert (await taken(dues, bases.BASES, right)).created == 2
    again = await taken(dues, bases.BASES, right)
    assert (again.created, again.unchanged) == (0, 2)
    assert [base["state"] for base in (await dues.of())["bases"]] == ["DECLARED"]


async def test_payments_of_a_workbook_are_judged_after_those_before_them(dues: Any) -> None:
    await dues.fixed()
    june = {"first_month": date(2026, 6, 1), "paid_on": date(2026, 6, 15), "fen": 40}
    may = {"first_month": date(2026, 5, 1), "paid_on": date(2026, 6, 1), "fen": 40}
    reason = {"late_reason": "出差"}
    twice = {**june, "first_month": date(2026, 5, 1), "last_month": date(2026, 6, 1), "fen": 80}
    assert await taken(
        dues,
        payments.PAYMENTS,
        [who(dues, dues.me, **twice, **reason), who(dues, dues.me, **may, **reason)],
    ) == [(2, "党费金额", "amount_differs")]
    right = [who(dues, dues.me, **june), who(dues, dues.me, **may, **reason)]
    assert (await taken(dues, payments.PAYMENTS, right)).created == 2
    assert (await taken(dues, payments.PAYMENTS, right)).unchanged == 2
    differs = [who(dues, dues.me, **{**june, "fen": 41})]
    assert await taken(dues, payments.PAYMENTS, differs) == [(2, "党费金额", "recorded_differs")]
    assert [each["serial"] for each in (await dues.of())["payments"]] == [1, 2]
    assert await dues.differences() == []


async def test_the_year_s_grid_shows_only_whom_one_may_read(dues: Any) -> None:
    await dues.fixed()
    await dues.fixed(dues.peer)
    await dues.paid()
    for login, count in (("me", 1), ("officer", 2), ("rival", 0)):
        async with dues.at.by(login) as act:
            lines = [*await grid.read(act, {"year": 2026, "purpose": "核对"})]
        assert len(lines) == count, login
    async with dues.at.by("me") as act:
        [line] = await grid.read(act, {"year": 2026})
    assert (line["m06"], line["m05"], line["owed"], line["paid"], line["missing"]) == (
        40,
        0,
        480,
        40,
        440,
    )
    assert (await dues.ledger("exported"))[0]["rows"] == 1
