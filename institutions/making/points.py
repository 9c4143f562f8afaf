"""Years of points as branches keep them: this one as it goes on, and the last one, closed."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from making.life import COMMITTEE
from making.people import Person
from making.plans import Plan
from making.rosters import Post

ITEMS = (
    ("suggestion", "优化窗口办事流程的建议被采纳", "建议采纳通知单"),
    ("public_benefit", "参加社区志愿服务", "社区出具的服务证明"),
    ("mediation", "协助化解办事群众纠纷", "信访登记"),
    ("attitude", "窗口服务被投诉并核实", "投诉处理单"),
)
WEIGHTS = (4, 6, 2, 1)
LEAST = 3  # in a committee
UNFIT = (
    "ethics",
    "违背社会公德，经核实",
    "核实材料",
)  # three times, of somebody who is helped then
LATE = "示例数据，按材料补录"
BEFORE = "启用系统前的年度考核，按纸质材料补录"


@dataclass(frozen=True)
class Declared:
    """Points that somebody declared: of whom, by which item, on which day."""

    person: Person
    item: str
    description: str
    material: str
    happened: date


def year_of(plan: Plan, people: list[Person], anchor: date) -> tuple[list[str], list[Declared]]:
    """Codes of the branches that assess by points, and what was declared; nothing if none does."""
    rng = Random(f"points:{plan.given['code']}")
    codes = [plan.find(label).code for label in plan.given.get("points", ())]
    found = []
    for person in people:
        if person.branch.code in codes:
            found += _declared(rng, person, anchor, len(found))
    return codes, sorted(found, key=lambda each: (each.happened, each.person.identity))


def closed(
    plan: Plan, people: list[Person], posts: list[Post], anchor: date
) -> dict[str, list[dict[str, Any]]]:
    """Last year of these branches in the words of the API: entries, and each step to its end."""
    rng = Random(f"closed:{plan.given['code']}")
    end = date(anchor.year - 1, 12, 31)
    made: dict[str, list[dict[str, Any]]] = {key: [] for key in STEPS}
    for code in [plan.find(label).code for label in plan.given.get("points", ())]:
        own = [p for p in people if p.branch.code == code and max(p.joined, p.admitted) <= end]
        held = [p for p in posts if p.unit.code == code]
        leading = {post.holder.identity for post in held}
        unfit = next(p for p in own if p.identity not in leading and p.is_full)
        found: list[Declared] = []
        for person in own:
            if person is not unfit:
                found += _declared(rng, person, end, len(found))
        kind, description, material = UNFIT
        for number in (1, 2, 3):
            day, said = date(end.year, 3 * number, 9), f"{material}〔{end.year}〕{number}号"
            found.append(Declared(unfit, kind, f"{description}（第{number}次）", said, day))
        made["earlier"] += [told(each) for each in found]
        year = {"organization": code, "year": end.year}
        made["summaries"].append(year)
        made["decisions"].append(_decision(code, own, held, anchor.year))
        of_it = {"scoringYear": code, "lateReason": BEFORE}
        review = {"approved": True, "opinion": "同意", "reviewedOn": f"{anchor.year}-03-16"}
        made["reviews"].append({**of_it, **review})
        notice = {"place": "党务公开栏", "noticedOn": f"{anchor.year}-03-17"}
        made["notices"].append({**of_it, **notice})
        made["conclusions"].append({"scoringYear": code})
        head = next(post.holder for post in held if post.title == "书记")
        help = {"helper": head.identity, "plan": "谈心谈话一次，结对学习，每季度检查整改情况"}
        made["helps"].append({"member": unfit.identity, "year": end.year, **help})
    return made


STEPS = ("earlier", "summaries", "decisions", "reviews", "notices", "conclusions", "helps")


def told(each: Declared) -> dict[str, Any]:
    """Points that were declared, in the words of the API."""
    return {
        "member": each.person.identity,
        "item": each.item,
        "happenedOn": each.happened.isoformat(),
        "description": each.description,
        "material": each.material,
        "lateReason": LATE,
    }


def _declared(rng: Random, person: Person, end: date, before: int) -> list[Declared]:
    """Up to two of a member, in the year up to a day."""
    found = []
    for number in range(rng.choice((0, 0, 1, 1, 2))):
        item, description, material = rng.choices(ITEMS, WEIGHTS)[0]
        first = max(date(end.year, 2, 1), person.joined, person.admitted)
        day = first + timedelta(days=rng.randrange(max(1, (end - first).days - 3)))
        said = f"{material}〔{end.year}〕{before + number + 1}号"
        found.append(Declared(person, item, f"{description}（第{number + 1}次）", said, day))
    return found


def _decision(code: str, own: list[Person], held: list[Post], year: int) -> dict[str, Any]:
    """By the committee where there is one on that day, otherwise by the branch's meeting."""
    day = date(year, 3, 10)
    seated = [p for p in held if p.title in COMMITTEE and p.since <= day]
    full = [p for p in own if p.full is not None and p.full <= day]
    committee = len(seated) >= LEAST
    entitled = len(seated) if committee else len(full)
    return {
        "scoringYear": code,
        "body": "committee" if committee else "branch_meeting",
        "heldOn": day.isoformat(),
        "entitled": entitled,
        "present": entitled,
        "inFavour": entitled,
        "minutes": f"{day.isoformat()} {'支委会' if committee else '支部党员大会'}会议记录",
        "lateReason": BEFORE,
    }
