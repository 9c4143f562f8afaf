"""What members of a few branches take on, what was said with them, and how they were appraised."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from making.life import Meeting
from making.people import Person
from making.plans import Plan, Unit

LATE = "启用系统前的记录"
PLEDGES = ("亮身份、作表率", "首问负责、限时办结", "每周一次志愿服务", "联系一户困难群众")
POSTS = ("党员示范岗", "党员责任区", "设岗定责")
PLACES = ("综合窗口", "三号楼", "政策宣传岗", "投诉受理岗")
SERVICE = ("社区清扫", "义务献血", "文明交通劝导", "政策宣讲")
TARGETS = "按时参加组织生活\n足额交纳党费\n完成年度学时\n联系服务一名群众"
REMARKS = ("作风踏实，群众评价好", "肯钻研业务，还可以多带新人", "敢担当，理论学习要再抓紧")
SPEECHES = ("能按时参加组织生活，理论学习还不够系统。", "完成了岗位任务，联系群众还不够经常。")


@dataclass(frozen=True)
class Engagement:
    """A line of the register of a branch."""

    person: Person
    kind: str
    title: str
    details: str
    since: date
    hours: float | None = None
    result: str = ""
    fulfilled: date | None = None


def taken_on(plan: Plan, people: list[Person], anchor: date) -> list[Engagement]:
    """Letters, pledges, posts, service and links; nothing unless the plan shows branches."""
    if "life" not in plan.given:
        return []
    rng = Random(f"registers:{plan.given['code']}")
    branches = {unit.code for unit in plan.find(plan.given["life"]).homes()}
    own = [person for person in people if person.branch.code in branches]
    return [line for person in own for line in _of(rng, person, anchor)]


def _of(rng: Random, person: Person, anchor: date) -> Iterator[Engagement]:
    year, begins = anchor.year, max(person.joined, person.admitted, date(anchor.year, 1, 10))
    if begins > anchor - timedelta(days=60):
        return
    if rng.random() < 0.9:  # the others are reminded of
        yield Engagement(person, "目标管理责任书", f"{year}年度责任书", TARGETS, begins)
    pledged = begins + timedelta(days=rng.randrange(5, 40))
    done = pledged + timedelta(days=150)
    kept = done if done <= anchor and rng.random() < 0.6 else None
    yield Engagement(
        person,
        "公开承诺",
        rng.choice(PLEDGES),
        "在公开栏公示",
        pledged,
        result="已兑现" if kept else "",
        fulfilled=kept,
    )
    if rng.random() < 0.2:
        place = rng.choice(PLACES)
        yield Engagement(person, rng.choice(POSTS), place, f"{place}亮牌上岗", begins)
    if rng.random() < 0.5:
        day = begins + timedelta(days=rng.randrange(1, 55))
        hours = rng.choice((1.5, 2, 3))
        yield Engagement(person, "志愿服务", rng.choice(SERVICE), "", day, hours)
    yield Engagement(person, "联系群众", f"群众{rng.randrange(1, 400)}号", "每季度走访", begins)


def shown(
    plan: Plan, people: list[Person], meetings: list[Meeting], anchor: date
) -> dict[str, list[dict[str, Any]]]:
    """In the words of the API: one branch's talks, matters, and appraisal of the year before."""
    if "life" not in plan.given:
        return {}
    rng = Random(f"shown:{plan.given['code']}")
    branch = plan.find(plan.given["dues"][0])
    own = [person for person in people if person.branch.code == branch.code]
    found = {
        "talks": [*_talks(rng, own, anchor)],
        "matters": [*_matters(branch, anchor)],
    }
    held = next(
        each for each in meetings if each.unit.code == branch.code and each.kind == "组织生活会"
    )
    graded = [
        person for person in held.people if person.full is not None and person.full <= held.held
    ]
    return {**found, **_appraisal(rng, branch, held, graded)}


def _talks(rng: Random, own: list[Person], anchor: date) -> Iterator[dict[str, Any]]:
    head, *others = own
    kinds = [("heart", "routine", None)] * 8
    kinds += [("reminder", "signs", "duties"), ("criticism", "absence", "organization_life")]
    for person, (kind, ground, dimension) in zip(others, kinds, strict=False):
        day = max(person.joined, anchor - timedelta(days=rng.randrange(10, 200)))
        yield {
            "member": person.identity,
            "talker": head.identity,
            "kind": kind,
            "ground": ground,
            "dimension": dimension,
            "on": day.isoformat(),
            "why": "了解思想和工作情况",
            "said": "谈了近期工作、学习和家庭情况，指出不足。",
            "agreed": "一个月后再谈",
            "followUpOn": (day + timedelta(days=30)).isoformat(),
            "lateReason": LATE,
        }


def _matters(branch: Unit, anchor: date) -> Iterator[dict[str, Any]]:
    year = anchor.year
    told = (
        (
            "analysis",
            None,
            f"{year}年上半年党员队伍分析",
            "年龄结构偏大，建议多发展青年业务骨干。",
            7,
        ),
        ("opinion", "meeting", "组织生活会前征求意见", "窗口高峰时段人手不足。", 1),
        ("feedback", "box", "群众意见箱", "希望延长周五下午受理时间。", 5),
        ("inspection", None, f"{year}年教育管理工作检查", "学时登记完整，两次会议记录偏简。", 9),
    )
    for kind, channel, title, details, month in told:
        yield {
            "organization": branch.code,
            "kind": kind,
            "channel": channel,
            "title": title,
            "details": details,
            "on": date(year, month, 10).isoformat(),
            "lateReason": LATE,
        }


def _appraisal(
    rng: Random, branch: Unit, held: Meeting, graded: list[Person]
) -> dict[str, list[dict[str, Any]]]:
    """Everybody speaks and votes on paper; those with the best votes are excellent, as may be."""
    numbers = [person.identity for person in graded]
    best = set(numbers[: len(numbers) // 4])
    year, voters = held.held.year - 1, len(numbers)
    tallies = [
        {"member": number, "excellent": voters - 2, "qualified": 1}
        if number in best
        else {"member": number, "excellent": 0, "qualified": voters - 1}
        for number in numbers
    ]
    spoke = [
        {
            "appraisal": branch.code,
            "member": number,
            "text": rng.choice(SPEECHES),
            "grade": "qualified",
        }
        for number in numbers
    ]
    remarks = [
        {
            "appraisal": branch.code,
            "member": of,
            "author": by,
            "text": rng.choice(REMARKS),
        }
        for of, by in pairwise(numbers)
    ]
    grades = [
        {
            "member": number,
            "grade": "EXCELLENT" if number in best else "QUALIFIED",
            "opinion": "履职尽责，发挥了先锋模范作用。",
        }
        for number in numbers
    ]
    of_it = {"appraisal": branch.code}
    return {
        "appraisals": [{"meeting": held.code, "year": year}],
        "speeches": spoke,
        "remarks": remarks,
        "counts": [{**of_it, "voters": numbers, "tallies": tallies}],
        "grades": [{**of_it, "grades": grades}],
        "publications": [of_it],
    }
