"""The workbooks of letters: all of them, those not used, and those that expired."""

from collections.abc import Iterable, Mapping
from typing import Any

from zhibu.act import Act
from zhibu.contributions import Sheet
from zhibu.forms.columns import Column
from zhibu.forms.kinds import Choice, Date, Name, Text, Whole
from zhibu.forms.rows import Record
from zhibu_transfers import actions
from zhibu_transfers.rules.letters import Listed
from zhibu_transfers.service import registers
from zhibu_transfers.service.registers import CAUSES, ROUTES, TITLES

COLUMNS = (
    Column("committee", "开具党委", Text(limit=200), required=True),
    Column("number", "编号", Text(limit=40), required=True),
    Column("name", "姓名", Name(), required=True),
    Column("heading", "接收党组织", Text(limit=200), required=True),
    Column("route", "转移范围", Choice({ROUTES[each]: each for each in ROUTES}), required=True),
    Column("paid_to", "党费交至", Date(), required=True),
    Column("issued_on", "开具日期", Date(), required=True),
    Column("valid_until", "有效期至", Date(), required=True),
    Column("state", "状态", Text(limit=20), required=True),
    Column("ended_on", "使用或作废日期", Date()),
    Column("cause", "作废原因", Choice({CAUSES[each]: each for each in CAUSES})),
    Column("prints", "打印次数", Whole(), required=True),
)


def letters_sheet(name: str, only: Listed | None) -> Sheet:
    """The workbook of this name: letters issued at or below `filters["organization"]`."""

    async def read(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
        rows = await registers.letters(act, filters, name, only)
        return [
            {
                **{column.key: getattr(row, column.key, None) for column in COLUMNS},
                "number": f"{row.year}-{row.serial:04d}",
                "state": registers.state_of(row, act.today),
            }
            for row in rows
        ]

    return Sheet(name=name, title=TITLES[only], columns=COLUMNS, permission=actions.READ, read=read)
