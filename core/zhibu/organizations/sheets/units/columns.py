"""The columns of the workbook of organizations."""

from zhibu.forms.columns import Column
from zhibu.forms.kinds import Choice, Code, Date, Text, YesNo
from zhibu.organizations.rules import Kind

KINDS = Choice(
    {
        "市委组织部": Kind.MUNICIPAL_DEPARTMENT,
        "区委组织部": Kind.DISTRICT_DEPARTMENT,
        "工作委员会": Kind.WORKING_COMMITTEE,
        "党委": Kind.PARTY_COMMITTEE,
        "党总支": Kind.GENERAL_BRANCH,
        "党支部": Kind.BRANCH,
        "党小组": Kind.PARTY_GROUP,
        "联合党支部": Kind.JOINT_BRANCH,
        "临时党支部": Kind.TEMPORARY_BRANCH,
        "流动党员党支部": Kind.FLOATING_BRANCH,
    },
    aliases={
        "县委组织部": "区委组织部",
        "工委": "工作委员会",
        "党工委": "工作委员会",
        "基层党委": "党委",
        "机关党委": "党委",
        "总支": "党总支",
        "支部": "党支部",
        "小组": "党小组",
        "联合支部": "联合党支部",
        "临时支部": "临时党支部",
        "流动党支部": "流动党员党支部",
    },
)

COLUMNS = (
    Column("code", "党组织代码", Code(), required=True, example="DW0101"),
    Column("name", "党组织名称", Text(limit=100), required=True, width=46),
    Column("short_name", "简称", Text(limit=40), width=22),
    Column("parent", "上级党组织代码", Code(), note="最上级党组织不填", example="DW01"),
    Column("kind", "党组织类别", KINDS, required=True, width=16),
    Column("approves", "可审批预备党员", YesNo(blank=False)),
    Column("founded_on", "成立日期", Date(future=False, month=True)),
)
TITLES = {column.key: column.title for column in COLUMNS}
