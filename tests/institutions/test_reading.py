"""The product's own reader understands every cell, and finds the planted faults."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from zhibu.forms.checking import check
from zhibu.forms.columns import Column
from zhibu.forms.errors import FormHeadingsMissing
from zhibu.forms.kinds import Choice, Code, Date, Exact, Identity, Kind, Name, Phone, Text, YesNo
from zhibu.forms.reading import read

CHOICES = {
    "性别": ("男", "女"),
    "人员类别": ("在职", "离退休", "学生", "其他"),
    "党员类别": ("正式党员", "预备党员"),
    "出勤情况": ("出席", "请假", "缺席"),
    "形式": ("集中培训", "组织生活", "网络学习", "自学", "党课", "报告会", "专题研讨"),
}
FORMS = {
    "organizations": "党组织代码* 党组织名称* 简称 上级党组织代码 党组织类别*"
    " 可审批预备党员 成立日期",
    "members": "姓名* 性别* 民族 公民身份号码* 出生日期 学历 手机号 所在党支部代码* 党小组代码"
    " 人员类别* 党员类别* 入党日期* 转正日期 编入本支部日期 备注",
    "posts": "党组织代码* 公民身份号码* 姓名* 职务* 任职日期* 任期届满日期",
    "training": "班次编号* 名称* 主办党组织代码* 日期* 学时* 形式* 主题* 授课人 地点 渠道",
    "attendance": "班次编号* 公民身份号码* 姓名* 出勤情况* 学时",
    "credits": "公民身份号码* 姓名* 日期* 内容* 学时* 形式* 主题* 渠道 证明材料",
}
KEYS = {
    "organizations": ("党组织代码",),
    "members": ("公民身份号码",),
    "posts": ("党组织代码", "公民身份号码", "职务"),
    "training": ("班次编号",),
    "attendance": ("班次编号", "公民身份号码"),
    "credits": ("公民身份号码", "日期", "内容"),
}
# What the cells of a roster alone can show; the rest takes the tenant's records and its rules.
CELL_FAULTS = {
    "identity_digits_lost": "core.identity_digits_lost",
    "identity_check_digit": "core.identity_check_digit",
    "identity_length": "core.identity_format",
    "identity_obsolete": "core.identity_obsolete",
    "identity_birth_date": "core.identity_birth_date",
    "identity_province": "core.identity_province",
    "date_impossible": "core.cell_date_impossible",
    "date_incomplete": "core.cell_date_incomplete",
    "date_in_future": "core.cell_date_future",
    "name_missing": "core.cell_required",
    "phone_invalid": "core.cell_phone_invalid",
}


def kind_of(title: str) -> Kind:
    if title in CHOICES:
        return Choice({label: label for label in CHOICES[title]})
    if title.endswith("日期"):
        return Date(future=title == "任期届满日期")
    if title.endswith("代码") or title == "班次编号":
        return Code()
    named: dict[str, Kind] = {
        "公民身份号码": Identity(),
        "姓名": Name(),
        "手机号": Phone(),
        "可审批预备党员": YesNo(),
        "学时": Exact(places=1, least=Decimal("0.5"), most=Decimal(8)),
    }
    return named.get(title, Text())


def columns(form: str) -> tuple[Column, ...]:
    return tuple(
        Column(
            title.rstrip("*"), title.rstrip("*"), kind_of(title.rstrip("*")), required="*" in title
        )
        for title in FORMS[form].split()
    )


@pytest.mark.parametrize("form", FORMS)
async def test_every_workbook_is_read_without_a_single_fault(
    form: str, folder: Path, sizes: dict[str, int], anchor: date
) -> None:
    for code in sizes:
        reading = read(folder / code / f"{form}.xlsx", columns(form))
        checked = await check(reading, on=anchor, key=KEYS[form])
        codes = Counter(fault.code for fault in checked.faults if fault.is_error)
        assert not codes, f"{code}: {codes}"
        passed_over = {fault.code for fault in checked.faults}
        assert passed_over <= {"core.form_row_total", "core.form_row_signature"}
        assert len(checked.good) > 30


async def test_the_planted_faults_of_cells_are_found_at_their_row_and_column(
    folder: Path, anchor: date
) -> None:
    expected = yaml.safe_load((folder / "faulty" / "expected.yaml").read_text("utf-8"))
    reading = read(folder / "faulty" / "members.xlsx", columns("members"))
    checked = await check(reading, on=anchor)
    found = {(fault.row, fault.column, fault.code) for fault in checked.faults}
    planted = {
        (fault["row"], fault["column"], CELL_FAULTS[fault["fault"]])
        for fault in expected["members.xlsx"]["faults"]
        if fault["fault"] in CELL_FAULTS
    }
    assert len(planted) == len(CELL_FAULTS)
    assert planted <= found
    choices = {
        ("性别", "gender_unknown"),
        ("人员类别", "kind_unknown"),
        ("党员类别", "stage_unknown"),
    }
    rows = {
        fault["row"]
        for fault in expected["members.xlsx"]["faults"]
        if (fault["column"], fault["fault"]) in choices
    }
    assert {row for row, _, _ in found - planted} == rows


async def test_a_number_that_stands_twice_is_found(folder: Path, anchor: date) -> None:
    reading = read(folder / "faulty" / "members.xlsx", columns("members"))
    once = await check(reading, on=anchor)
    keyed = await check(reading, on=anchor, key=KEYS["members"])
    more = {(f.row, f.code) for f in keyed.faults} - {(f.row, f.code) for f in once.faults}
    assert 11 in {row for row, _ in more}


def test_a_roster_without_its_branches_is_refused_whole(folder: Path) -> None:
    with pytest.raises(FormHeadingsMissing) as refusal:
        read(folder / "faulty" / "members-without-branch.xlsx", columns("members"))
    assert refusal.value.facts["columns"] == "所在党支部代码"
