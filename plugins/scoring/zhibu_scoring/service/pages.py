"""The forms of the assessment to print: a member's sheet (annex 2), a branch's summary (annex 3).

Printing is an act: who printed whose points stands in the ledger.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.calendar import checked_year
from zhibu.errors import NotFound
from zhibu.forms.printing import render
from zhibu.members.public import MemberFacts, members_by_id
from zhibu.organizations.public import Unit, organization_of
from zhibu_organization_life.asking import Appraised, Grade, grades_of
from zhibu_scoring import actions
from zhibu_scoring.public import PRINTED
from zhibu_scoring.rules.accounts import Account, Sum, account
from zhibu_scoring.rules.results import results
from zhibu_scoring.rules.schemes import Item, Part
from zhibu_scoring.rules.years import Stand
from zhibu_scoring.service.entries import exempt_of
from zhibu_scoring.service.events import said
from zhibu_scoring.service.homes import read_in
from zhibu_scoring.service.recorders import keepers
from zhibu_scoring.service.terms import scheme
from zhibu_scoring.service.years.reckoning import reckoned, terms, vetoes_of
from zhibu_scoring.service.years.rolls import KIND, assessing, say
from zhibu_scoring.store import people
from zhibu_scoring.store import sums as entry_sums
from zhibu_scoring.store import years as store

TEMPLATES = Path(__file__).parent.parent / "templates"
PARTS = {
    Part.BASE: "基础项目",
    Part.PLUS: "加分项目",
    Part.MINUS: "减分项目",
    Part.VETO: "一票否决",
}
# Forms are in Chinese, whoever prints them.
GRADES = {
    Grade.EXCELLENT: "优秀",
    Grade.QUALIFIED: "合格",
    Grade.BASICALLY_QUALIFIED: "基本合格",
    Grade.UNQUALIFIED: "不合格",
}
HEADINGS = (
    "党员姓名",
    "基础积分",
    "加分情况",
    "减分情况",
    "综合得分",
    "民主评议情况",
    "备注（含一票否决）",
)
PUT_UP = (Stand.NOTICED, Stand.CONCLUDED)


async def sheet(act: Act, member_id: UUID, year: int) -> str:
    """A member's sheet: each item, a column to assess himself, three signatures (S4-64)."""
    member = await read_in(act, member_id, checked_year(year))
    unit = await organization_of(act, member.organization_id, seen_by=None)
    found = scheme(act, member.path, year)
    sums = (await entry_sums.of(act.session, act.tenant_id, [member.id], year)).get(member.id, [])
    most = {item.code: item.most for item in found.items.values() if item.most is not None}
    exempt = (await exempt_of(act, [member.id]))(member.id, year)
    veto = (await vetoes_of(act, [member.id], year)).get(member.id)
    total = account(found.base, most, sums)
    page = render(
        "scoring_sheet.html",
        folders=[*act.templates, TEMPLATES],
        title="党（总）支部党员管理考核表",
        organization=unit.name,
        period=f"{year}年度",
        member=member,
        total="不列入积分考核" if exempt else _total(total, veto),
        headings=("部分", "序号", "考核内容", "分值", "自评", "考核得分"),
        rows=_rows(list(found.items.values()), sums),
        wide=(2,),
        notes=[
            "以关爱为主，不计积分。" if exempt else _account_said(total),
            f"一票否决原因：{veto or _vetoes(found.items, sums) or '无'}",
        ],
        signers=("党员", "党小组组长", "党支部（总支）书记"),
        tight=True,
        day=act.today,
        mark=f"{act.caller.name} {act.today.isoformat()} 打印",
    )
    said(act, PRINTED, ("Member", member.id), member, year=year, title="党员管理考核表")
    return page


async def summary(act: Act, organization_id: UUID, year: int) -> str:
    """A branch's summary: once it is put up for whoever may see the year, before for its readers.

    Seven columns, signed by recorder and secretary, with the branch's seal (S4-65). Before the
    year is summed up it says what counts by now, to be made known every quarter (S4-29).
    """
    unit = await organization_of(act, organization_id)
    act.require(actions.YEAR_READ, unit.path)
    assessing(unit)
    checked_year(year)
    known = await store.year_of(act.session, act.tenant_id, unit.id, year)
    if (known is None or known.stand not in PUT_UP) and not act.may(actions.READ, unit.path):
        raise NotFound()
    if known is None:
        found: Sequence[Any] = await _by_now(act, unit, year)
    else:
        found = await store.results_of(act.session, act.tenant_id, known.id)
    rows = await lines(act, found, year)
    said_of = _notice(known) if known else f"截至 {act.today.isoformat()}，本年度尚未汇总。"
    page = render(
        "scoring_summary.html",
        folders=[*act.templates, TEMPLATES],
        title="党员日常积分汇总（公示）表",
        organization=unit.name,
        period=f"{year}年度",
        headings=HEADINGS,
        rows=[tuple(row.values()) for row in rows],
        wide=(6,),
        notes=[f"共 {len(rows)} 人。" + said_of, *await keepers(act, unit, act.today)],
        signers=("考核记录员", "党支部书记"),
        day=act.today,
        mark=f"{act.caller.name} {act.today.isoformat()} 打印",
    )
    about = (KIND, known.id) if known else ("Organization", unit.id)
    say(act, PRINTED, unit, about, year=year, title="党员日常积分汇总（公示）表")
    return page


async def _by_now(act: Act, unit: Unit, year: int) -> Sequence[Any]:
    """What the members of a branch come to by what counts today."""
    roll = await people.members_at(act.session, act.tenant_id, unit.id, year)
    members = roll.members
    standings, _ = await reckoned(act, members, unit.path, year)
    return results(standings, terms(act, unit.path, year))


async def lines(act: Act, results: Sequence[Any], year: int) -> list[dict[str, Any]]:
    """The lines of annex 3, in the order of the results."""
    ids = [row.member_id for row in results]
    known = await members_by_id(act, ids)
    grades = await grades_of(act, ids, year)
    return [_line(row, known[row.member_id], grades.get(row.member_id)) for row in results]


def _line(row: Any, member: MemberFacts, graded: Appraised | None) -> dict[str, Any]:
    if row.vetoed:
        remark = f"一票否决：{row.veto_reason or '见记分'}"
    else:
        remark = "不列入积分考核" if row.base is None else ""
    if corrected := getattr(row, "correction", None):
        remark = f"{remark}；{corrected}".lstrip("；")
    grade = GRADES[graded.grade] if graded and graded.grade else "不评定等次" if graded else ""
    return {
        "name": member.name,
        "base": row.base,
        "plus": row.plus,
        "minus": row.minus,
        "total": row.total,
        "grade": grade,
        "remark": remark,
    }


def _rows(items: Sequence[Item], sums: Sequence[Sum]) -> list[tuple[Any, ...]]:
    points = {each.item: each for each in sums}
    rows = []
    for item in items:
        if item.part is Part.VETO:
            continue
        counted = points.get(item.code)
        worth: Any = item.points
        result: Any = item.points
        if item.part is not Part.BASE:
            sign = "-" if item.part is Part.MINUS else "+"
            worth = f"{sign}{item.points:f}/次"
            result = f"{sign}{counted.points:f}" if counted and counted.points else ""
        rows.append((PARTS[item.part], item.number, item.name, worth, "", result))
    return rows


def _total(found: Account, veto: str | None) -> Decimal:
    return Decimal(0) if veto is not None else found.total


def _account_said(found: Account) -> str:
    return f"基础分 {found.base:f}，加分 {found.plus:f}，减分 {found.minus:f}（扣完基础分为止）。"


def _vetoes(items: Mapping[str, Item], sums: Sequence[Sum]) -> str:
    return "；".join(
        items[each.item].name
        for each in sums
        if each.part is Part.VETO and each.count > 0 and each.item in items
    )


def _notice(known: Any) -> str:
    if known.stand not in PUT_UP:
        return "尚未公示。"
    first, last = known.noticed_on.isoformat(), known.notice_until.isoformat()
    return f"公示时间：{first} 至 {last}。如有异议，请向机关党委反映。"
