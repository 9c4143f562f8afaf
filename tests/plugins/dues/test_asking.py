"""What siblings ask of dues."""

from datetime import date
from typing import Any

import pytest

from zhibu.identifiers import row_of
from zhibu_dues.asking import LateMonth, late_months
from zhibu_dues.rules.lateness import late
from zhibu_dues.rules.months import Ground, Month

DUE = date(2026, 1, 31)


def january(owed: int = 4000, **changes: Any) -> Month:
    return Month(month=date(2026, 1, 1), owed=owed, due_on=DUE, ground=Ground.STANDARD, **changes)


@pytest.mark.clause("DU-12")
@pytest.mark.parametrize(
    ("month", "today", "is_late"),
    [
        (january(), DUE, False),
        (january(), date(2026, 2, 1), True),
        (january(paid=4000, settled_on=DUE), date(2026, 6, 1), False),
        (january(paid=4000, settled_on=date(2026, 2, 1)), date(2026, 6, 1), True),
        (january(owed=0), date(2026, 6, 1), False),
    ],
)
def test_a_month_is_late_from_the_day_after_its_own(
    month: Month, today: date, is_late: bool
) -> None:
    assert bool(late([month], today)) is is_late


async def asked(dues: Any, year: int = 2026) -> list[LateMonth]:
    async with dues.at.operator() as act:
        return await late_months(act, dues.me.id, year)


async def test_the_late_months_of_a_year_name_their_payment_and_their_basis(dues: Any) -> None:
    await dues.fixed()
    await dues.paid()
    payment = await dues.paid(
        firstMonth="2026-01-01", lastMonth="2026-03-01", fen=12_000, lateReason="出差"
    )
    found = await asked(dues)
    settled = row_of(payment, "DuesPayment"), date(2026, 6, 15), 0
    open_still = None, None, 4000
    assert {m.month.month: (m.payment_id, m.settled_on, m.missing_fen) for m in found} == {
        **dict.fromkeys((1, 2, 3), settled),
        **dict.fromkeys((4, 5), open_still),
    }
    assert all(month.basis.document for month in found)
    assert await asked(dues, 2025) == []
    await dues.done("secretary", "duesPaymentVoid", {"payment": payment, "reason": "误登"}, "")
    assert {month.payment_id for month in await asked(dues)} == {None}
    await dues.at.switch("dues", False)
    assert await asked(dues) == []
