"""The summaries of all branches below (annex 3), and each item of each member (annex 2)."""

from collections.abc import Iterable, Mapping
from typing import Any

from zhibu.act import Act
from zhibu.contributions import Sheet
from zhibu.forms.columns import Column
from zhibu.forms.kinds import Choice, Exact, Name, Text, Whole
from zhibu.forms.layouts import Paper
from zhibu.forms.rows import Record
from zhibu_scoring import actions
from zhibu_scoring.rules.schemes import Part
from zhibu_scoring.service import exports

PART = Choice(
    {"加分项目": Part.PLUS.value, "减分项目": Part.MINUS.value, "一票否决": Part.VETO.value}
)
POINTS = Exact()
COLUMNS = (
    Column("organization", "党支部名称", Text(limit=200), required=True),
    Column("year", "年度", Whole(), required=True),
    Column("rank", "名次", Whole()),
    Column("name", "党员姓名", Name(), required=True),
    Column("base", "基础积分", POINTS),
    Column("plus", "加分情况", POINTS),
    Column("minus", "减分情况", POINTS),
    Column("total", "综合得分", POINTS),
    Column("grade", "民主评议情况", Text()),
    Column("remark", "备注（含一票否决）", Text(limit=500)),
)
ITEM_COLUMNS = (
    Column("organization", "党支部名称", Text(limit=200), required=True),
    Column("year", "年度", Whole(), required=True),
    Column("name", "党员姓名", Name(), required=True),
    Column("part", "部分", PART, required=True),
    Column("number", "序号", Whole(), required=True),
    Column("item", "考核内容", Text(limit=200), required=True),
    Column("times", "次数", Whole()),
    Column("points", "考核得分", POINTS),
)


async def read(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
    """What members came to, at or below `filters["organization"]`, branch by branch."""
    return await exports.summaries(act, filters, SUMMARY.name)


async def read_items(act: Act, filters: Mapping[str, Any]) -> Iterable[Record]:
    """What each item came to, of each member at or below `filters["organization"]`."""
    return await exports.items(act, filters, ITEMS.name)


SUMMARY = Sheet(
    name="scoring_summary",
    title="党员日常积分汇总（公示）表",
    columns=COLUMNS,
    permission=actions.READ,
    read=read,
    paper=Paper(
        by=("organization", "year"),
        after={"year": "年度"},
        totals=("base", "plus", "minus", "total"),
        signers=("考核记录员", "党支部书记"),
    ),
)
ITEMS = Sheet(
    name="scoring_items",
    title="党员管理考核表",
    columns=ITEM_COLUMNS,
    permission=actions.READ,
    read=read_items,
)
