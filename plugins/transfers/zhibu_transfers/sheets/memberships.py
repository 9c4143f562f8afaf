"""The workbook of memberships that are stopped, or retained abroad."""

from collections.abc import Iterable, Mapping
from typing import Any

from zhibu.act import Act
from zhibu.contributions import Sheet
from zhibu.forms.columns import Column
from zhibu.forms.kinds import Choice, Date, Name, Text
from zhibu.forms.rows import Record
from zhibu_transfers import actions
from zhibu_transfers.service import registers
from zhibu_transfers.service.registers import MATTERS

COLUMNS = (
    Column("branch", "党支部", Text(limit=200), required=True),
    Column("name", "姓名", Name(), required=True),
    Column("gender", "性别", Choice({"男": "male", "女": "female"}), required=True),
    Column("birth_date", "出生日期", Date(), required=True),
    Column("matter", "事项", Choice({MATTERS[each]: each for each in MATTERS}), required=True),
    Column("why", "情形或事由", Text(limit=60)),
    Column("place", "所在地", Text(limit=200)),
    Column("since", "起日", Date()),
    Column("effective_on", "生效日期", Date(), required=True),
    Column("filed_on", "批准（备案）日期", Date()),
    Column("review_on", "满年限日期", Date()),
    Column("until", "预计返回", Date()),
    Column("contacted_on", "最近联系", Date()),
    Column("decision", "决定", Text(limit=500)),
)


async def read(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
    """Who is stopped or retained today at or below `filters["organization"]`."""
    return [
        {
            **{column.key: getattr(row, column.key, None) for column in COLUMNS},
            "why": registers.why(row),
        }
        for row in await registers.memberships(act, filters, MEMBERSHIPS.name)
    ]


MEMBERSHIPS = Sheet(
    name="transfers_memberships",
    title=registers.MEMBERSHIPS,
    columns=COLUMNS,
    permission=actions.READ,
    read=read,
)
