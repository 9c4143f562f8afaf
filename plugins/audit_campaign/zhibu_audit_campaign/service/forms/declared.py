"""Every form of the plans, once: its columns, and the records it is made from."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhibu.forms.columns import Column
from zhibu.forms.kinds import Date, Kind, Name, Text
from zhibu_audit_campaign.rules.forms import Source
from zhibu_audit_campaign.rules.searching import Outcome
from zhibu_audit_campaign.service.forms.words import (
    COURSES,
    GENDERS,
    KINDS,
    LONG,
    METHODS,
    NUMBER,
    OUTCOMES,
    STAGES,
    STANDS,
)


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form: its name on paper, its columns, its records, and of them which ones."""

    code: str
    title: str
    columns: tuple[Column, ...]
    source: Source
    label: str | None = None
    unreceipted: bool = False
    outcome: Outcome | None = None

    @property
    def is_summary(self) -> bool:
        return self.source is Source.UNITS


def _columns(*given: tuple[str, str, Kind]) -> tuple[Column, ...]:
    return tuple(Column(key, title, kind) for key, title, kind in given)


UNIT = ("organization", "党支部", Text(limit=200))
WHO = (
    UNIT,
    ("name", "姓名", Name()),
    ("gender", "性别", GENDERS),
    ("birth_date", "出生日期", Date()),
)
MEMBER = (
    *WHO,
    ("nation", "民族", Text()),
    ("education", "学历", Text()),
    ("admitted_on", "入党日期", Date()),
    ("full_on", "转正日期", Date()),
    ("stage", "党籍状态", STAGES),
)
SEARCHED = (
    *WHO,
    ("lost_since", "失联起始日期", Date()),
    ("circumstances", "失联情形", LONG),
    ("cause", "失联原因", LONG),
    ("conduct", "失联期间表现", LONG),
    ("methods", "查找方式", LONG),
    ("responsible", "责任人", Name()),
    ("concluded_on", "办结日期", Date()),
    ("course", "处理意见", COURSES),
    ("settled", "办理进展", STANDS),
)
COUNTS = (
    UNIT,
    ("expected", "应排查", NUMBER),
    ("completed", "已排查", NUMBER),
    ("floating", "流动", NUMBER),
    ("hanging", "空挂", NUMBER),
    ("pocket", "口袋", NUMBER),
    ("lost", "失联", NUMBER),
    ("unreceipted", "未收到回执", NUMBER),
    ("found", "已取得联系", NUMBER),
    ("not_found", "无法取得联系", NUMBER),
    ("settled", "已提出处理", NUMBER),
)
CHECKED = (
    ("streak", "连续未交党费月数", NUMBER),
    ("attended_on", "最近参加组织生活", Date()),
    ("away_since", "外出日期", Date()),
    ("contacted_on", "见面或联系日期", Date()),
    ("checks", "核查情况", LONG),
    ("labels", "问题和标签", LONG),
    ("note", "备注", LONG),
)

_ALL = (
    Form(
        code="basics",
        title="党员基本情况表",
        columns=_columns(*MEMBER, *CHECKED),
        source=Source.SHEETS,
    ),
    Form(
        code="record",
        title="党员组织关系排查情况记录表",
        columns=_columns(*MEMBER, *CHECKED),
        source=Source.SHEETS,
    ),
    Form(
        code="roster",
        title="党员名册",
        columns=_columns(*MEMBER, ("kind", "类别", KINDS)),
        source=Source.SHEETS,
    ),
    Form(
        code="floating_roster",
        title="外出流动党员名册",
        columns=_columns(
            *WHO,
            ("away_since", "外出日期", Date()),
            ("heard_on", "最近联系日期", Date()),
            ("note", "备注", LONG),
        ),
        source=Source.SHEETS,
        label="floating",
    ),
    Form(
        code="unreceipted",
        title="未收到组织关系介绍信回执党员登记表",
        columns=_columns(
            *WHO, ("letter_until", "介绍信有效期止", Date()), ("note", "核查情况", LONG)
        ),
        source=Source.SHEETS,
        unreceipted=True,
    ),
    Form(
        code="groups",
        title="排查工作组成员名单",
        columns=_columns(
            UNIT,
            ("name", "姓名", Name()),
            ("duty", "分工", LONG),
            ("contact", "联系方式", LONG),
            ("since", "自何日起", Date()),
        ),
        source=Source.GROUPS,
    ),
    Form(
        code="floating_summary",
        title="外出流动党员情况汇总表",
        columns=_columns(
            UNIT,
            ("expected", "党员数", NUMBER),
            ("floating", "流动党员数", NUMBER),
            ("destination", "去向", LONG),
            ("state", "现状", LONG),
            ("contact", "联系情况", LONG),
        ),
        source=Source.UNITS,
        label="floating",
    ),
    Form(
        code="found",
        title="经查找取得联系党员登记表",
        columns=_columns(*SEARCHED),
        source=Source.SEARCHES,
        outcome=Outcome.FOUND,
    ),
    Form(
        code="not_found",
        title="经查找仍然无法取得联系党员登记表",
        columns=_columns(*SEARCHED),
        source=Source.SEARCHES,
        outcome=Outcome.NOT_FOUND,
    ),
    Form(
        code="search_record",
        title="失联党员排查工作登记表",
        columns=_columns(
            *WHO,
            ("happened_on", "查找日期", Date()),
            ("method", "查找方式", METHODS),
            ("course", "查找经过", LONG),
            ("by", "经办人", Name()),
            ("outcome", "查找结果", OUTCOMES),
        ),
        source=Source.STEPS,
    ),
    Form(
        code="summary",
        title="排查工作情况汇总表",
        columns=_columns(*COUNTS),
        source=Source.UNITS,
    ),
    Form(
        code="lost_summary",
        title="与党组织失去联系党员情况汇总表",
        columns=_columns(
            UNIT,
            ("expected", "应排查", NUMBER),
            ("lost", "失联党员", NUMBER),
            ("searching", "查找中", NUMBER),
            ("found", "已取得联系", NUMBER),
            ("not_found", "无法取得联系", NUMBER),
            ("lost_since", "最早失联日期", Date()),
        ),
        source=Source.UNITS,
    ),
    Form(
        code="disposition_summary",
        title="管理及处置情况汇总表",
        columns=_columns(
            UNIT,
            ("lost", "失联党员", NUMBER),
            ("settled", "已提出处理", NUMBER),
            *((f"course_{value}", title, NUMBER) for title, value in COURSES.choices.items()),
        ),
        source=Source.UNITS,
    ),
)
FORMS: Mapping[str, Form] = {form.code: form for form in _ALL}
