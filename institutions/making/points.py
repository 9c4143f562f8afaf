"""A year of points as branches keep it: what members declared; what records propose is proposed."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from making.people import Person
from making.plans import Plan

ITEMS = (
    ("suggestion", "优化窗口办事流程的建议被采纳", "建议采纳通知单"),
    ("public_benefit", "参加社区志愿服务", "社区出具的服务证明"),
    ("mediation", "协助化解办事群众纠纷", "信访登记"),
    ("attitude", "窗口服务被投诉并核实", "投诉处理单"),
)
WEIGHTS = (4, 6, 2, 1)


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
        if person.branch.code not in codes:
            continue
        for number in range(rng.choice((0, 0, 1, 1, 2))):
            item, description, material = rng.choices(ITEMS, WEIGHTS)[0]
            first = max(date(anchor.year, 2, 1), person.joined, person.admitted)
            day = first + timedelta(days=rng.randrange(max(1, (anchor - first).days - 3)))
            said = f"{material}〔{anchor.year}〕{len(found) + 1}号"
            about = f"{description}（第{number + 1}次）"
            found.append(Declared(person, item, about, said, day))
    return codes, sorted(found, key=lambda each: (each.happened, each.person.identity))
