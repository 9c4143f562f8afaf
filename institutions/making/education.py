"""The year's education as people lived it: who came, who excused themselves, who claimed more."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from making.people import Person, between
from making.plans import Plan
from making.sessions import Session


@dataclass(frozen=True)
class Attendance:
    """A line of the attendance list; `hours` is set where somebody stayed for a part only."""

    session: Session
    person: Person
    presence: str
    hours: int | None


@dataclass(frozen=True)
class Credit:
    """Hours a person studied outside the sessions."""

    person: Person
    day: date
    content: str
    hours: int
    form: str
    topic: str
    channel: str
    evidence: str


@dataclass(frozen=True)
class Exemption:
    """A person excused from the year's hours with consent."""

    person: Person
    ground: str
    consented: date


# Share of members, chance to come to a session, online claims in the year.
HABITS = ((0.66, 0.97, (1, 4)), (0.22, 0.88, (1, 2)), (0.09, 0.55, (0, 2)), (0.03, 0.15, (0, 0)))
ONLINE = (
    ("理论学习专栏", "政治理论教育"),
    ("党纪学习教育网络课程", "党章党规党纪教育"),
    ("时事政策网络课堂", "形势政策教育"),
    ("党的宗旨教育微课", "党的宗旨教育"),
    ("履职能力网络培训", "知识技能教育"),
)


def habits_of(person: Person, rng: Random, anchor: date) -> tuple[float, tuple[int, int]]:
    """The chance to come to a session, and the fewest and most online claims in the year."""
    _, presence, claims = rng.choices(HABITS, [share for share, _, _ in HABITS])[0]
    if person.branch.kind == "流动党员党支部" or "流动人才" in person.branch.label:
        return presence * 0.62, (claims[0], claims[1] + 1)
    if person.kind == "离退休":
        return presence * (0.98 if person.age(anchor) < 75 else 0.7), (1, 3)
    return presence, claims


def year_of(
    plan: Plan, people: list[Person], sessions: list[Session], silent: set[str], anchor: date
) -> tuple[list[Attendance], list[Credit], list[Exemption]]:
    rng = Random(f"year:{plan.given['code']}")
    called: dict[str, list[Session]] = {}
    for session in sessions:
        for branch in session.branches:
            called.setdefault(branch, []).append(session)
    attendance: list[Attendance] = []
    credits: list[Credit] = []
    exemptions: list[Exemption] = []
    for person in people:
        if person.branch.code in silent:
            continue
        exemption = _exemption(rng, person, anchor)
        if exemption:
            exemptions.append(exemption)
        presence, claims = habits_of(person, rng, anchor)
        if exemption:
            presence, claims = presence * 0.3, (0, 0)
        mine = [s for s in called.get(person.branch.code, []) if s.held >= person.joined]
        attendance += [_line(rng, session, person, presence) for session in mine]
        credits += _claims(rng, plan, person, claims, {s.held for s in mine}, anchor)
    order = {session.code: number for number, session in enumerate(sessions)}
    attendance.sort(key=lambda line: (order[line.session.code], line.person.branch.code))
    credits.sort(key=lambda credit: (credit.day, credit.person.identity))
    return attendance, credits, exemptions


def _exemption(rng: Random, person: Person, anchor: date) -> Exemption | None:
    age = person.age(anchor)
    aged = rng.random() < (0.85 if age >= 80 else 0.4 if age >= 75 else 0.0)
    ill = rng.random() < (0.02 if age >= 60 else 0.004)
    if not (aged or ill) or not person.is_full or person.joined.year == anchor.year:
        return None
    day = between(rng, date(anchor.year, 1, 10), min(date(anchor.year, 3, 20), anchor))
    return Exemption(person, "elderly" if aged else "ill", day)


def _line(rng: Random, session: Session, person: Person, presence: float) -> Attendance:
    if rng.random() < presence:
        partly = session.hours == 8 and rng.random() < 0.05
        return Attendance(session, person, "出席", 4 if partly else None)
    return Attendance(session, person, "请假" if rng.random() < 0.8 else "缺席", None)


def _claims(
    rng: Random,
    plan: Plan,
    person: Person,
    claims: tuple[int, int],
    busy: set[date],
    anchor: date,
) -> list[Credit]:
    first = max(date(anchor.year, 1, 12), person.joined)
    found: list[Credit] = []
    days = set(busy)
    for _ in range(rng.randint(*claims)):
        day = _free_day(rng, first, anchor, days)
        content, topic = rng.choice(ONLINE)
        hours = rng.choice((2, 2, 3, 4, 4))
        evidence = rng.choice(("学习记录截图", "网络课程结业证明", "学习平台时长统计"))
        channel = plan.given["pack_channel"] if rng.random() < 0.7 else "学习强国"
        found.append(Credit(person, day, content, hours, "网络学习", topic, channel, evidence))
    if claims[1] and rng.random() < 0.06:
        # Self-study is honest work, yet most packs do not count it.
        day = _free_day(rng, first, anchor, days)
        hours = rng.choice((4, 6, 8))
        note = "读书笔记"
        found.append(Credit(person, day, "自学理论读本", hours, "自学", "政治理论教育", "", note))
    return found


def _free_day(rng: Random, first: date, last: date, days: set[date]) -> date:
    day = between(rng, first, last)
    while day in days:
        day = day - timedelta(days=1) if day > first else last
    days.add(day)
    return day
