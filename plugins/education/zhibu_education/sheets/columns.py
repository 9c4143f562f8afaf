"""The columns of the workbooks."""

from decimal import Decimal

from zhibu.forms.columns import Column
from zhibu.forms.kinds import Choice, Code, Date, Exact, Identity, Name, Text, YesNo
from zhibu_education.rules.catalogues import Form, Presence

HOURS = Exact(places=2, least=Decimal("0.01"), most=Decimal(24), units=("学时", "小时"))
AMOUNT = Exact(places=2, least=Decimal(0), most=Decimal(8784), units=("学时",))
GROUNDS = Choice(
    {
        "党员年度学时": "member",
        "书记、委员年度学时": "post",
        "离退休党员年度学时": "retired",
        "年中入党，按月折算": "joined_midyear",
        "年中入党，当年不作要求": "exempt_joined",
        "年老体弱，经本人同意豁免": "exempt_elderly",
        "长期患病，经本人同意豁免": "exempt_ill",
        "本年度不在党员名册": "not_a_member",
    }
)
FORMS = Choice(
    {
        "集中培训": Form.CONCENTRATED,
        "组织生活": Form.ORGANIZATION_LIFE,
        "网络学习": Form.ONLINE,
        "自学": Form.SELF_STUDY,
        "党课": Form.PARTY_LECTURE,
        "报告会": Form.REPORT_MEETING,
        "专题研讨": Form.SEMINAR,
    },
    aliases={"线上学习": "网络学习", "个人自学": "自学", "形势报告会": "报告会"},
)
PRESENCES = Choice(
    {"出席": Presence.PRESENT, "请假": Presence.ON_LEAVE, "缺席": Presence.ABSENT},
    aliases={"到": "出席", "出勤": "出席", "缺勤": "缺席"},
)
IDENTITY = Column(
    "identity_number", "公民身份号码", Identity(), required=True, aliases=("身份证号", "身份证号码")
)
NAME = Column("name", "姓名", Name(), required=True, aliases=("党员姓名",), example="张三")

TRAINING = (
    Column("code", "班次编号", Code(), required=True, example="2026-DX0501-1"),
    Column("title", "名称", Text(limit=100), required=True),
    Column("organization", "主办党组织代码", Code(), required=True),
    Column("held_on", "日期", Date(future=False), required=True),
    Column("hours", "学时", HOURS, required=True),
    Column("form", "形式", FORMS, required=True),
    Column("topic", "主题", Text(limit=60), required=True, note="现行主题目录中的名称"),
    Column("teacher", "授课人", Text(limit=60)),
    Column("place", "地点", Text(limit=100)),
    Column("channel", "渠道", Text(limit=60), note="现行渠道目录中的名称"),
    Column("kind", "具体形式", Text(limit=60), note="本单位形式目录中的名称，可不填"),
)
ATTENDANCE = (
    Column("code", "班次编号", Code(), required=True),
    IDENTITY,
    NAME,
    Column("presence", "出勤情况", PRESENCES, required=True),
    Column("hours", "学时", HOURS, note="与班次学时不同时填写"),
)
CREDITS = (
    IDENTITY,
    NAME,
    Column("earned_on", "日期", Date(future=False), required=True),
    Column("title", "内容", Text(limit=200), required=True),
    Column("hours", "学时", HOURS, required=True),
    Column("form", "形式", FORMS, required=True),
    Column("topic", "主题", Text(limit=60), required=True, note="现行主题目录中的名称"),
    Column("channel", "渠道", Text(limit=60), note="现行渠道目录中的名称"),
    Column("kind", "具体形式", Text(limit=60), note="本单位形式目录中的名称，可不填"),
    Column("evidence", "证明材料", Text(limit=200)),
)

STANDINGS = (
    Column("organization", "所在党支部", Text(limit=100)),
    Column("name", "姓名", Name()),
    Column("required", "应修学时", AMOUNT),
    Column("verified", "已认定学时", AMOUNT),
    Column("pending", "待认定学时", AMOUNT),
    Column("gap", "尚缺学时", AMOUNT),
    Column("met", "是否达标", YesNo()),
    Column("ground", "适用规则", GROUNDS),
)


def titles(columns: tuple[Column, ...], **also: str) -> dict[str, str]:
    """The heading under which a refusal of an argument is shown in the workbook."""
    return {column.key: column.title for column in columns} | also
