"""The columns of the workbooks."""

from zhibu.forms.columns import Column
from zhibu.forms.kinds import Choice, Date, Name, Text, Whole
from zhibu_flow_members.rules.papers import Certainty, Paper
from zhibu_flow_members.rules.values import Ending, Ground
from zhibu_flow_members.service.registers import ENDINGS, GROUNDS, PAPERS
from zhibu_flow_members.service.reports import FIGURES, PERIODS, STANDS

GROUND_WORDS = Choice({GROUNDS[ground]: ground for ground in Ground})
PAPER_WORDS = Choice({PAPERS[paper]: paper for paper in Paper})
ENDING_WORDS = Choice({ENDINGS[ending]: ending for ending in Ending})
CERTAINTY_WORDS = Choice(
    {
        "地点时间固定": Certainty.FIXED,
        "地点或时间不确定": Certainty.UNCERTAIN,
        "经常变动": Certainty.MOVING,
    }
)
WHO = (Column("name", "姓名", Name(), required=True, example="张三"),)
OUTGOING = (
    *WHO,
    Column("home", "所在党支部", Text(limit=100)),
    Column("ground", "外出原因", GROUND_WORDS),
    Column("place", "外出地点", Text(limit=100)),
    Column("unit", "外出单位", Text(limit=100)),
    Column("host", "流入地党组织", Text(limit=100)),
    Column("certainty", "外出性质", CERTAINTY_WORDS),
    Column("since", "外出日期", Date()),
    Column("until", "预计返回日期", Date()),
    Column("paper", "持何证件", PAPER_WORDS),
    Column("untransferred", "未转组织关系的原因", Text(limit=200)),
    Column("told_on", "行前谈话日期", Date()),
    Column("verified_on", "流入地验证日期", Date()),
    Column("ended_on", "返回或转移日期", Date()),
    Column("ending", "返回或转移情况", ENDING_WORDS),
)
INCOMING = (
    *WHO,
    Column("home", "流出地党支部", Text(limit=100)),
    Column("host", "接收党支部", Text(limit=100)),
    Column("ground", "来此原因", GROUND_WORDS),
    Column("since", "外出日期", Date()),
    Column("arrived_on", "到达日期", Date()),
    Column("until", "预计离开日期", Date()),
    Column("paper", "持何证件", PAPER_WORDS),
    Column("verified_on", "验证日期", Date()),
    Column("filed_on", "上级备案日期", Date()),
    Column("ended_on", "离开日期", Date()),
)
REPORTS = (
    Column("name", "上报党组织", Text(limit=200), required=True),
    Column("year", "年度", Whole(), required=True),
    Column("half", "期间", Choice({PERIODS[each]: each for each in PERIODS}), required=True),
    Column("since", "期初", Date(), required=True),
    Column("until", "统计截止日期", Date(), required=True),
    *(Column(figure.value, FIGURES[figure], Whole(), required=True) for figure in FIGURES),
    Column("incoming", "期末外来", Whole(), required=True),
    Column("missing", "尚未上报的党支部", Whole(), required=True),
    Column("state", "进展", Choice({STANDS[each]: each for each in STANDS}), required=True),
    Column("submitted_on", "上报日期", Date(), required=True),
    Column("decided_on", "上级处理日期", Date()),
    Column("note", "说明", Text(limit=500)),
)
