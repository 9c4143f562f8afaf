"""The columns of the workbooks."""

from decimal import Decimal

from zhibu.forms.columns import Column
from zhibu.forms.kinds import Choice, Code, Date, Exact, Identity, Name, Text, Whole
from zhibu_organization_life.rules.catalogues import Kind, Presence
from zhibu_organization_life.rules.engagements import Engaged
from zhibu_organization_life.rules.grades import Grade, GradeGround

KINDS = Choice(
    {
        "支部党员大会": Kind.BRANCH_MEETING,
        "支部委员会会议": Kind.COMMITTEE_MEETING,
        "党小组会": Kind.GROUP_MEETING,
        "党课": Kind.LECTURE,
        "主题党日": Kind.THEME_DAY,
        "组织生活会": Kind.LIFE_MEETING,
    },
    aliases={
        "党员大会": "支部党员大会",
        "支委会": "支部委员会会议",
        "支部委员会": "支部委员会会议",
    },
)
PRESENCES = Choice(
    {"出席": Presence.PRESENT, "请假": Presence.ON_LEAVE, "缺席": Presence.ABSENT},
    aliases={"到": "出席", "出勤": "出席", "到会": "出席", "缺勤": "缺席"},
)
GRADE_WORDS = Choice(
    {
        "优秀": Grade.EXCELLENT,
        "合格": Grade.QUALIFIED,
        "基本合格": Grade.BASICALLY_QUALIFIED,
        "不合格": Grade.UNQUALIFIED,
    }
)
GROUND_WORDS = Choice(
    {
        "按测评建议": GradeGround.VOTE,
        "支部另行决定": GradeGround.DECISION,
        "一票否决": GradeGround.VETO,
        "不评定等次": GradeGround.UNGRADED,
    }
)
ENGAGED_WORDS = Choice(
    {
        "公开承诺": Engaged.PLEDGE,
        "党员示范岗": Engaged.DEMONSTRATION_POST,
        "党员责任区": Engaged.RESPONSIBILITY_AREA,
        "设岗定责": Engaged.ASSIGNED_DUTY,
        "志愿服务": Engaged.VOLUNTEER,
        "联系群众": Engaged.LINK_MASSES,
        "联系困难学生": Engaged.LINK_STUDENT,
        "联系党支部": Engaged.LINK_BRANCH,
        "联系班级": Engaged.LINK_CLASS,
        "目标管理责任书": Engaged.LETTER,
        "关怀帮扶": Engaged.CARE,
        "先进典型": Engaged.EXEMPLAR,
        "在职党员类别": Engaged.MEMBER_CLASS,
        "离退休党员岗位": Engaged.RETIRED_ROLE,
    }
)
MEETINGS = (
    Column("code", "会议编号", Code(), required=True, example="2026-ZTDR-06"),
    Column("organization", "党组织代码", Code(), required=True),
    Column("kind", "会议类型", KINDS, required=True, aliases=("类型",)),
    Column("title", "名称（议题）", Text(limit=100), required=True, aliases=("名称", "议题")),
    Column("held_on", "日期", Date(future=False), required=True, aliases=("召开日期",)),
    Column("begins", "开始时间", Text(limit=5), note="如 09:30"),
    Column("place", "地点", Text(limit=100)),
    Column("contents", "活动内容", Text(limit=100), note="主题党日内容类别，多项以顿号分隔"),
    Column("lecturer", "讲课人", Text(limit=60)),
    Column("hours", "学时", Exact(places=2, least=Decimal("0.01"), most=Decimal(24))),
    Column("late_reason", "补录原因", Text(limit=200)),
)
ATTENDANCE = (
    Column("code", "会议编号", Code(), required=True),
    Column(
        "identity_number",
        "公民身份号码",
        Identity(),
        required=True,
        aliases=("身份证号", "身份证号码"),
    ),
    Column("name", "姓名", Name(), required=True, aliases=("党员姓名",), example="张三"),
    Column("presence", "出勤情况", PRESENCES, required=True, aliases=("出勤",)),
    Column("reason", "说明", Text(limit=200), note="请假或缺席的原因；更正已登记的须填写"),
)
GRADES = (
    Column("organization", "党组织代码", Code(), required=True),
    Column(
        "identity_number",
        "公民身份号码",
        Identity(),
        required=True,
        aliases=("身份证号", "身份证号码"),
    ),
    Column("name", "姓名", Name(), required=True, example="张三"),
    Column("year", "年度", Whole(least=1949, most=2199), required=True),
    Column("grade", "等次", GRADE_WORDS),
    Column("ground", "评定依据", GROUND_WORDS),
    Column("opinion", "组织评定意见", Text(limit=2000)),
    Column("reason", "理由", Text(limit=500)),
)
ENGAGEMENTS = (
    Column(
        "identity_number",
        "公民身份号码",
        Identity(),
        required=True,
        aliases=("身份证号", "身份证号码"),
    ),
    Column("name", "姓名", Name(), required=True, example="张三"),
    Column("kind", "类型", ENGAGED_WORDS, required=True),
    Column("title", "名称或对象", Text(limit=200), required=True),
    Column("details", "内容", Text(limit=2000)),
    Column("since", "开始日期", Date(), required=True),
    Column("until", "结束日期", Date()),
    Column("hours", "时长（小时）", Exact(places=2, least=Decimal("0.01"), most=Decimal(24))),
    Column("result", "完成情况", Text(limit=2000)),
    Column("fulfilled_on", "完成日期", Date()),
    Column("late_reason", "补录原因", Text(limit=200)),
)
