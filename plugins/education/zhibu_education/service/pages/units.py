"""Tables that compare units or leaders, to print: of the same numbers that the screen shows."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.organizations.public import Unit, organization_of
from zhibu_education import actions
from zhibu_education.service.pages.frame import register

Shown = Mapping[str, Any]


async def evaluation(act: Act, organization_id: UUID, year: int, units: Sequence[Shown]) -> str:
    """The results of a unit and of each below it by the indicators of the year (S2-27)."""
    unit = await _readable(act, organization_id)
    indicators: dict[str, Shown] = {
        each["code"]: each for shown in units for each in shown["education"]["evaluation"]
    }
    rows = []
    for number, shown in enumerate(units, 1):
        results = {each["code"]: each for each in shown["education"]["evaluation"]}
        cells = [_result(results.get(code)) for code in indicators]
        rows.append((number, shown["name"], *cells))
    targets = [
        f"{each['name']}：目标 {each['target']}"
        for each in indicators.values()
        if each["target"] is not None
    ]
    bases = sorted({str(each["basis"]) for each in indicators.values()})
    return register(
        act,
        unit,
        title="党员教育考评结果",
        period=f"{year}年度",
        headings=("序号", "党组织", *(each["name"] for each in indicators.values())),
        rows=rows,
        wide=(1,),
        notes=[*targets, f"依据：{'；'.join(bases)}。比率以百分数计；“—”表示没有可计对象。"],
        landscape=True,
    )


async def leaders(act: Act, organization_id: UUID, year: int, members: Sequence[Shown]) -> str:
    """Those who lead: lectures given (S2-04), and their place in their units' study (S2-05)."""
    unit = await _readable(act, organization_id)
    rows = []
    for number, shown in enumerate(members, 1):
        of = shown["education"]
        lectures = f"{of['lecturesGiven']}/{of['lecturesRequired']}"
        met = "已讲" if of["lecturesMet"] else "未讲"
        study = (of["studyDue"], of["studyAttended"], of["studyOnLeave"], of["studyMissed"])
        branch = shown["organization"]["name"]
        rows.append((number, shown["name"], branch, lectures, met, *study))
    silent = sum(1 for shown in members if not shown["education"]["lecturesMet"])
    bases = sorted({str(shown["education"]["lecturesBasis"]) for shown in members})
    return register(
        act,
        unit,
        title="党员领导干部讲党课和参加集体学习情况表",
        period=f"{year}年度",
        headings=(
            *("序号", "姓名", "所在党支部", "讲党课/应讲", "是否讲满"),
            *("集体学习", "参加", "请假", "缺席"),
        ),
        rows=rows,
        wide=(2,),
        notes=[f"共 {len(members)} 人，其中 {silent} 人尚未讲满。", *(f"依据：{b}" for b in bases)],
        landscape=True,
    )


async def _readable(act: Act, organization_id: UUID) -> Unit:
    unit = await organization_of(act, organization_id)
    act.require(actions.READ, unit.path, seen_by=ORGANIZATION_READ)
    return unit


def _result(shown: Shown | None) -> str:
    if shown is None or shown["value"] is None:
        return "—"
    return f"{shown['value']}（未达到）" if shown["reached"] is False else str(shown["value"])
