"""The grades of an appraisal as a page: to be put up once published, to be signed before."""

from pathlib import Path
from uuid import UUID

from zhibu.act import Act
from zhibu.forms.printing import chinese_date, render
from zhibu.members.public import members_by_id
from zhibu.organizations.public import organization_of
from zhibu_organization_life import actions
from zhibu_organization_life.public import APPRAISAL_PRINTED
from zhibu_organization_life.rules.appraisals import Stand
from zhibu_organization_life.rules.grades import Grade, GradeGround, Result
from zhibu_organization_life.service.appraisals.rolls import found, say
from zhibu_organization_life.store import appraisals as store

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
# Forms are in Chinese, whoever prints them.
GRADES = {
    Grade.EXCELLENT: "优秀",
    Grade.QUALIFIED: "合格",
    Grade.BASICALLY_QUALIFIED: "基本合格",
    Grade.UNQUALIFIED: "不合格",
}

TITLES = {
    Stand.PUBLISHED: "民主评议党员结果",
    Stand.CANCELLED: "民主评议党员汇总表（已取消）",
}


async def page(act: Act, id: UUID) -> str:
    """Who has which grade. Before they are published only whoever decides prints them, with votes.

    What was published says no more of anybody than his grade.
    """
    appraisal = await found(act, id)
    act.require(actions.READ, appraisal.path, seen_by=actions.READ)
    published = appraisal.stand is Stand.PUBLISHED
    if not published:
        act.require(actions.GRADE, appraisal.path, seen_by=actions.READ)
    unit = await organization_of(act, appraisal.meeting.organization_id, seen_by=None)
    roll = await store.roll_of(act.session, act.tenant_id, id)
    known = await members_by_id(act, set(roll))
    rows = [
        [number, known[member].name, *_told(result, published=published)]
        for number, (member, result) in enumerate(
            sorted(roll.items(), key=lambda item: known[item[0]].name), start=1
        )
    ]
    say(act, APPRAISAL_PRINTED, appraisal, rows=len(rows))
    details = ["等次"] if published else ["自评", "优秀票", "合格票", "基本合格票", "不合格票"]
    return render(
        "organization_life_appraisal.html",
        folders=[*act.templates, TEMPLATES],
        title=TITLES.get(appraisal.stand, "民主评议党员汇总表"),
        organization=unit.name,
        period=f"{appraisal.year}年度",
        headings=["序号", "姓名", *details, *([] if published else ["等次", "组织评定意见"])],
        rows=rows,
        held=chinese_date(appraisal.meeting.held_on),
        day=act.today,
        mark=f"{act.caller.name} {act.today.isoformat()} 打印",
    )


def _told(result: Result, *, published: bool) -> list[str | int]:
    if result.grade is not None:
        grade = GRADES[result.grade]
    else:
        ungraded = not result.graded or result.ground is GradeGround.UNGRADED
        grade = "不评定等次" if ungraded else "未评定"
    if published:
        return [grade]
    tally = result.tally
    votes: list[str | int] = (
        [tally.excellent, tally.qualified, tally.basically_qualified, tally.unqualified]
        if tally
        else [""] * 4
    )
    return ["有" if result.spoke else "无", *votes, grade, result.opinion or ""]
