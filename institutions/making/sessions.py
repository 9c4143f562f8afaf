"""The year's sessions: what committees and branches held, on which day, for how many hours."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from random import Random

from making.people import Person
from making.plans import Plan, Unit
from making.rosters import Post

CLASS_SIZE = 150  # a committee's training day is repeated for as many halls as it takes


@dataclass(frozen=True)
class Session:
    """One training session. `branches` are the codes of the branches called to it."""

    code: str
    title: str
    host: Unit
    held: date
    hours: int
    form: str
    topic: str
    lecturer: str
    place: str
    channel: str
    branches: frozenset[str]


SPRING = ("学习贯彻党的创新理论集中轮训班", "党员教育春季培训班", "党章党规党纪集中学习班")
AUTUMN = ("党员能力提升培训班", "党性教育专题培训班", "秋季党员集中轮训班")
# Month, form, topic, hours, titles: what a branch does in a year.
BRANCH_YEAR = (
    (3, "党课", "党章党规党纪教育", 2, ("党课：学党章、守党规", "党课：做合格的共产党员")),
    (5, "专题研讨", "政治理论教育", 4, ("理论学习专题研讨", "读原著学原文专题研讨")),
    (7, "组织生活", "革命传统教育", 3, ("“七一”主题党日", "参观革命旧址主题党日")),
    (8, "集中培训", "知识技能教育", 4, ("业务知识与技能培训", "信息安全与办公技能培训")),
    (10, "报告会", "形势政策教育", 3, ("形势政策报告会", "宏观经济形势报告会")),
)
HISTORIES = ("党史", "新中国史", "改革开放史", "社会主义发展史")


def host_of(branch: Unit, silent: set[str]) -> Unit:
    """Who trains a branch: the nearest committee above it, or the top of what is not silent."""
    above = list(takewhile(lambda unit: unit.code not in silent, branch.above()))
    return next((unit for unit in above if unit.kind in ("党委", "工作委员会")), above[-1])


def sessions_of(
    plan: Plan, people: list[Person], posts: list[Post], silent: set[str], anchor: date
) -> list[Session]:
    """Everything held in the anchor's year until that day; `silent` units hold nothing."""
    rng = Random(f"sessions:{plan.given['code']}")
    branches = [unit for unit in plan.root.homes() if unit.code not in silent]
    heads = {post.unit.code: post.holder.name for post in posts if post.title == "书记"}
    sizes = {unit.code: unit.size for unit in branches}
    hosts: dict[str, list[Unit]] = {}
    for unit in branches:
        hosts.setdefault(host_of(unit, silent).code, []).append(unit)
    held: list[Session] = []
    for called in hosts.values():
        held += _committee_days(rng, host_of(called[0], silent), called, sizes, heads, anchor)
    for unit in branches:
        held += _branch_year(rng, unit, heads[unit.code], plan, anchor)
    return sorted((s for s in held if s.held <= anchor), key=lambda s: (s.held, s.code))


def _committee_days(
    rng: Random,
    host: Unit,
    called: list[Unit],
    sizes: dict[str, int],
    heads: dict[str, str],
    anchor: date,
) -> list[Session]:
    halls: list[list[Unit]] = [[]]
    for unit in called:
        if halls[-1] and sum(sizes[u.code] for u in halls[-1]) + unit.size > CLASS_SIZE:
            halls.append([])
        halls[-1].append(unit)
    days = []
    for season, month, titles, topic in (
        ("A", 4, SPRING, "政治理论教育"),
        ("B", 9, AUTUMN, "政治教育和政治训练"),
    ):
        title, first = rng.choice(titles), _weekday(date(anchor.year, month, rng.randrange(6, 17)))
        for number, hall in enumerate(halls):
            suffix = f"(第{'一二三四五'[number]}期)" if len(halls) > 1 else ""
            days.append(
                Session(
                    code=f"{anchor.year}-{host.code}-{season}{number + 1}",
                    title=title + suffix,
                    host=host,
                    held=_weekday(first + timedelta(days=number)),
                    hours=8,
                    form="集中培训",
                    topic=topic,
                    lecturer=heads.get(host.code, "") if season == "A" else "外请教师",
                    place="党校报告厅",
                    channel="党校",
                    branches=frozenset(unit.code for unit in hall),
                )
            )
    return days


def _branch_year(rng: Random, unit: Unit, head: str, plan: Plan, anchor: date) -> list[Session]:
    year = []
    for number, (month, form, topic, hours, titles) in enumerate(BRANCH_YEAR, 1):
        # Half of the branches skip the summer training; the lazy ones skip the seminar too.
        if (form == "集中培训" and rng.random() < 0.45) or (
            form == "专题研讨" and rng.random() < 0.12
        ):
            continue
        title = rng.choice(titles)
        if plan.given["code"] == "university" and form == "专题研讨":
            title = f"{rng.choice(HISTORIES)}专题研讨"
        distant = unit.kind == "流动党员党支部" and form != "组织生活"
        year.append(
            Session(
                code=f"{anchor.year}-{unit.code}-{number}",
                title=title,
                host=unit,
                held=_weekday(date(anchor.year, month, rng.randrange(1, 27))),
                hours=hours,
                form="网络学习" if distant else form,
                topic=topic,
                lecturer=head if form == "党课" else "",
                place="线上会议" if distant else rng.choice(("党员活动室", "会议室", "多功能厅")),
                channel=plan.given["pack_channel"] if distant else "",
                branches=frozenset((unit.code,)),
            )
        )
    return year


def _weekday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=8 - day.isoweekday() if day.isoweekday() > 5 else 0)
