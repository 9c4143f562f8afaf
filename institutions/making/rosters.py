"""Who belongs to an institution and who holds its posts."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from making.identity import Numbers
from making.people import PROBATIONARY, Person, between, invent, years_later
from making.plans import Plan, Unit

FIVE = ("书记", "副书记", "组织委员", "宣传委员", "纪检委员")
THREE = ("书记", "组织委员", "宣传委员")
ABOVE = {
    "党委": ("书记", "副书记", "组织委员", "宣传委员", "纪检委员"),
    "工作委员会": ("书记", "副书记", "委员", "委员"),
    "党总支": ("书记", "副书记", "委员"),
}


@dataclass(frozen=True)
class Post:
    """A post held now. `until` is when its term ends; offices without election have none."""

    unit: Unit
    holder: Person
    title: str
    since: date
    until: date | None


def members_of(plan: Plan, anchor: date) -> list[Person]:
    numbers = Numbers(plan.given["series"])
    return [
        person
        for unit in plan.root.homes()
        for person in _branch(unit, numbers, plan.given["code"], anchor)
    ]


def _branch(unit: Unit, numbers: Numbers, code: str, anchor: date) -> list[Person]:
    rng = Random(f"people:{code}:{unit.code}")
    # A branch needs three full members, and a small one has no room for more who are not.
    room = 0 if unit.size < 6 else unit.size // 5
    share = PROBATIONARY.get(unit.people, 0.01)
    probationary = min(room, sum(rng.random() < share for _ in range(unit.size)))
    people = [
        invent(
            rng,
            numbers,
            unit,
            unit.below[number % len(unit.below)] if unit.below else None,
            anchor,
            number < probationary,
        )
        for number in range(unit.size)
    ]
    rng.shuffle(people)
    return people


def posts_of(plan: Plan, people: list[Person], anchor: date) -> list[Post]:
    """Every post of the tree, each within its term on `anchor`."""
    rng = Random(f"posts:{plan.given['code']}")
    by_branch: dict[str, list[Person]] = {}
    for person in people:
        by_branch.setdefault(person.branch.code, []).append(person)
    posts: list[Post] = []
    for unit in plan.root.walk():
        if unit.is_home:
            posts += _of_branch(rng, unit, by_branch[unit.code], anchor)
        elif unit.kind in ABOVE:
            below = [p for branch in unit.homes() for p in by_branch[branch.code]]
            posts += _elected(rng, unit, _able(below, anchor), ABOVE[unit.kind], anchor)
    return posts


def _of_branch(rng: Random, unit: Unit, people: list[Person], anchor: date) -> list[Post]:
    able = _able(people, anchor)
    full = sum(person.is_full for person in people)
    titles = FIVE if full >= 20 else THREE if full >= 7 else ("书记",)
    posts = _elected(rng, unit, able, titles, anchor)
    committee = {post.holder.identity for post in posts}
    others = [p for p in able if p.identity not in committee] or able
    recorder = rng.choice(others)
    new_year = max(date(anchor.year, 1, 8), recorder.joined)
    posts.append(Post(unit, recorder, "考核记录员", new_year, date(anchor.year + 1, 1, 8)))
    if unit.kind == "流动党员党支部":
        posts += [Post(unit, p.holder, "联络员", p.since, p.until) for p in posts[:2]]
    for group in unit.below:
        leader = next(p for p in able if p.group is group)
        start = max(posts[0].since, leader.joined)
        posts.append(Post(group, leader, "党小组组长", start, posts[0].until))
    return posts


def _elected(
    rng: Random, unit: Unit, able: list[Person], titles: tuple[str, ...], anchor: date
) -> list[Post]:
    """One election: all its posts begin and end on the same days."""
    years = 5 if unit.community or unit.kind == "党委" else 3
    first = years_later(anchor, -years) + timedelta(days=25)
    holders = able[: max(len(titles) * 2, 3)]
    rng.shuffle(holders)
    holders = holders[: len(titles)]
    ready = max(max(p.joined, p.full or p.joined) for p in holders)
    earliest = max(first, unit.founded, ready)
    since = between(rng, earliest, max(earliest, anchor - timedelta(days=70)))
    until = None if unit.kind == "工作委员会" else years_later(since, years)
    return [
        Post(unit, holder, title, since, until)
        for holder, title in zip(holders, titles, strict=False)
    ]


def _able(people: list[Person], anchor: date) -> list[Person]:
    """Full members, those first who have been here a year and are not too old to serve."""
    full = [person for person in people if person.is_full]
    return sorted(
        full,
        key=lambda p: (p.joined > years_later(anchor, -1), p.age(anchor) > 74, p.admitted),
    )
