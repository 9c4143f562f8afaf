"""The columns of the workbooks. Amounts are written in yuan and kept in fen."""

from decimal import Decimal
from typing import Any

from zhibu.forms.columns import Column
from zhibu.forms.kinds import Choice, Date, Exact, Identity, Name, Text, Whole
from zhibu_dues.rules.payments import Means, Payer
from zhibu_dues.rules.standards import MOST, Income

YUAN = Exact(places=2, least=Decimal(0), most=Decimal(MOST) / 100, units=("元",))
INCOMES = Choice(
    {
        "按月领取工资": Income.WAGE,
        "年薪制": Income.ANNUAL_SALARY,
        "不按月取得收入": Income.IRREGULAR,
        "离退休": Income.RETIRED,
        "农民": Income.FARMER,
        "学生": Income.STUDENT,
        "下岗失业": Income.UNEMPLOYED,
        "依靠抚恤或救济": Income.RELIEF,
        "领取最低生活保障": Income.MINIMUM_LIVING,
    },
    aliases={"在职": "按月领取工资", "工资": "按月领取工资", "退休": "离退休"},
)
PAYERS = Choice(
    {"本人交纳": Payer.SELF, "亲属代交": Payer.RELATIVE},
    aliases={"本人": "本人交纳", "亲属": "亲属代交", "家属代交": "亲属代交"},
)
MEANS = Choice(
    {"现金": Means.CASH, "转账": Means.TRANSFER, "网上交纳": Means.ONLINE},
    aliases={"银行转账": "转账", "线上": "网上交纳"},
)
IDENTITY = Column(
    "identity_number", "公民身份号码", Identity(), required=True, aliases=("身份证号", "身份证号码")
)
NAME = Column("name", "姓名", Name(), required=True, aliases=("党员姓名",), example="张三")

BASES = (
    IDENTITY,
    NAME,
    Column("year", "年度", Whole(least=2008, most=2100, units=("年",)), required=True),
    Column("from_month", "起始月份", Whole(least=1, most=12, units=("月",)), required=True),
    Column("income", "收入类别", INCOMES, required=True),
    Column("base_fen", "计算基数", YUAN, note="税后月收入；固定金额的不填", aliases=("基数",)),
    Column("chosen_fen", "确定的月交金额", YUAN, note="只填农民党员"),
    Column("reason", "变更理由", Text(limit=200)),
)
PAYMENTS = (
    IDENTITY,
    NAME,
    Column("first_month", "起月", Date(month=True), required=True, example="2026年6月"),
    Column("last_month", "止月", Date(month=True), note="不填为同起月"),
    Column("paid_on", "交纳日期", Date(future=False), required=True),
    Column("fen", "党费金额", YUAN, required=True, aliases=("金额", "党费")),
    Column("voluntary_fen", "自愿多交", YUAN),
    Column("payer", "交纳人", PAYERS, note="不填为本人；由其他党员代交的在系统中登记"),
    Column("payer_name", "代交人姓名", Name()),
    Column("means", "交纳方式", MEANS, note="不填为现金"),
    Column("late_reason", "补交原因", Text(limit=200)),
    Column("approval", "上级批准", Text(limit=200)),
    Column("entry_reason", "补录原因", Text(limit=200)),
)
MONTHS = tuple(f"m{number:02}" for number in range(1, 13))
GRID = (
    Column("organization", "所在党支部", Text(limit=100)),
    Column("name", "姓名", Name()),
    Column("monthly", "一月应交", YUAN),
    *(Column(key, f"{number}月已交", YUAN) for number, key in enumerate(MONTHS, 1)),
    Column("owed", "全年应交", YUAN),
    Column("paid", "已交合计", YUAN),
    Column("missing", "尚欠", YUAN),
)


def titles(columns: tuple[Column, ...]) -> dict[str, str]:
    """The heading under which a refusal of an argument is shown in the workbook."""
    return {column.key: column.title for column in columns}


def fen(yuan: Decimal | None) -> int | None:
    """An amount of the workbook as it is kept."""
    return None if yuan is None else int(yuan * 100)


def yuan(fen: Any) -> Decimal:
    """An amount as the workbook shows it."""
    return Decimal(int(fen)) / 100
