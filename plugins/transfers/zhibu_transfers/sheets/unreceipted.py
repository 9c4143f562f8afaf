"""The workbook 《未收到组织关系介绍信回执党员登记表》; it is given out only."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from zhibu.act import Act
from zhibu.contributions import Sheet
from zhibu.forms.columns import Column
from zhibu.forms.kinds import Choice, Date, Name, Text
from zhibu.forms.rows import Record
from zhibu_transfers import actions
from zhibu_transfers.service import exports

COLUMNS = (
    Column("organization", "转出党支部", Text(limit=200), required=True),
    Column("name", "姓名", Name(), required=True),
    Column("gender", "性别", Choice({"男": "male", "女": "female"}), required=True),
    Column("birth_date", "出生日期", Date(), required=True),
    Column("number", "介绍信编号", Text(limit=40), required=True),
    Column("issued_on", "开具日期", Date(), required=True),
    Column("heading", "接收党组织", Text(limit=200), required=True),
    Column("receipt_by", "应收到回执日期", Date(), required=True),
    Column("finding", "核查结果", Choice({"对方已接收": "settled", "对方未接收": "not_settled"})),
    Column("found", "核查情况", Text(limit=500)),
)


async def read(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
    """Everybody sent from at or below `filters["organization"]` whose receipt is overdue."""
    return [asdict(line) for line in await exports.unreceipted(act, filters, UNRECEIPTED.name)]


UNRECEIPTED = Sheet(
    name="transfers_unreceipted",
    title="未收到组织关系介绍信回执党员登记表",
    columns=COLUMNS,
    permission=actions.READ,
    read=read,
)
