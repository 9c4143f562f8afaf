"""The columns of the member roster."""

from zhibu.forms.columns import Column
from zhibu.forms.kinds import Choice, Code, Date, Identity, Name, Phone, Text
from zhibu.members.rules import Gender, MemberKind, Stage

GENDERS = Choice({"男": Gender.MALE, "女": Gender.FEMALE}, aliases={"男性": "男", "女性": "女"})
KINDS = Choice(
    {
        "在职": MemberKind.IN_SERVICE,
        "离退休": MemberKind.RETIRED,
        "学生": MemberKind.STUDENT,
        "其他": MemberKind.OTHER,
    },
    aliases={"在职党员": "在职", "离休": "离退休", "退休": "离退休", "离退休党员": "离退休"},
)
STAGES = Choice(
    {"正式党员": Stage.FULL, "预备党员": Stage.PROBATIONARY},
    aliases={"正式": "正式党员", "预备": "预备党员"},
)

COLUMNS = (
    Column("name", "姓名", Name(), required=True, aliases=("党员姓名",), example="张三"),
    Column("gender", "性别", GENDERS, required=True),
    Column("nation", "民族", Text(limit=20)),
    Column(
        "identity_number",
        "公民身份号码",
        Identity(),
        required=True,
        aliases=("身份证号", "身份证号码"),
    ),
    Column("birth_date", "出生日期", Date(future=False)),
    Column("education", "学历", Text(limit=40)),
    Column("phone", "手机号", Phone(landline=True), aliases=("手机号码", "联系电话")),
    Column("branch", "所在党支部代码", Code(), required=True, aliases=("党支部代码",)),
    Column("group", "党小组代码", Code()),
    Column("kind", "人员类别", KINDS, required=True),
    Column("stage", "党员类别", STAGES, required=True),
    Column(
        "admitted_on",
        "入党日期",
        Date(future=False, month=True),
        required=True,
        aliases=("入党时间",),
        note="支部党员大会通过接收为预备党员之日",
    ),
    Column("full_on", "转正日期", Date(future=False, month=True), aliases=("转正时间",)),
    Column("joined_on", "编入本支部日期", Date(future=False, month=True)),
    Column("note", "备注", Text(limit=500, lines=True)),
)
TITLES = {column.key: column.title for column in COLUMNS}
