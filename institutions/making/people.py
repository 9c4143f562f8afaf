"""One invented person: age, schooling, dates of admission, fitting the kind of member."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from making.identity import Numbers
from making.names import nation, person, phone
from making.plans import Unit

KINDS = {"service": "在职", "retired": "离退休", "student": "学生", "other": "其他"}
AGES = {"service": (25, 59), "retired": (60, 93), "student": (20, 29), "other": (24, 58)}
PROBATIONARY = {"service": 0.044, "retired": 0.0, "student": 0.1, "other": 0.03}
SCHOOLING = {
    "service": ("大专", "大学本科", "大学本科", "大学本科", "硕士研究生"),
    "retired": ("初中", "高中", "中专", "大专", "大学本科"),
    "student": ("大学本科",),
    "other": ("高中", "大专", "大专", "大学本科", "大学本科"),
}


@dataclass(frozen=True)
class Person:
    """A row of the roster. `joined` is when this branch received the person."""

    name: str
    gender: str
    nation: str
    identity: str
    birth: date
    schooling: str
    phone: str
    branch: Unit
    group: Unit | None
    kind: str
    admitted: date
    full: date | None
    joined: date
    note: str = ""

    @property
    def is_full(self) -> bool:
        return self.full is not None

    def age(self, on: date) -> int:
        return on.year - self.birth.year - ((on.month, on.day) < (self.birth.month, self.birth.day))


def years_later(day: date, years: int) -> date:
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + years, day=last)


def between(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randrange(max(1, (last - first).days + 1)))


def no_probation(admitted: date) -> bool:
    """The Party Constitutions of 1969 and 1973 knew no probation; that of 1977 restored it."""
    return date(1969, 4, 14) <= admitted < date(1977, 8, 18)


def kind_of(rng: Random, unit: Unit) -> str:
    if unit.people == "mixed":
        return rng.choices(("retired", "other", "service"), (45, 40, 15))[0]
    return unit.people


def invent(
    rng: Random,
    numbers: Numbers,
    unit: Unit,
    group: Unit | None,
    anchor: date,
    probationary: bool,
) -> Person:
    """Somebody of this branch and Party group as of `anchor`."""
    kind = kind_of(rng, unit)
    women = 0.62 if "教" in unit.name or "学" in unit.name else 0.42
    gender = "女" if rng.random() < women else "男"
    youngest, oldest = AGES[kind]
    if kind == "service" and gender == "女":
        oldest = 55
    if probationary:
        oldest = min(oldest, youngest + 12)
    # Two throws pull ages to the middle; retired ages thin out towards the top instead.
    throw = rng.random() ** 1.6 if kind == "retired" else (rng.random() + rng.random()) / 2
    birth = between(rng, *_year_of_age(anchor, int(youngest + throw * (oldest - youngest))))
    adult = years_later(birth, 18) + timedelta(days=rng.randrange(120, 400))
    if probationary:
        admitted = between(rng, max(adult, years_later(anchor, -1) + timedelta(days=20)), anchor)
        admitted = min(admitted, anchor - timedelta(days=12))
        full = None
    else:
        latest = min(years_later(birth, 48), years_later(anchor, -1) - timedelta(days=40))
        young = min(latest, years_later(birth, 28))
        admitted = between(rng, min(adult, latest), young if rng.random() < 0.7 else latest)
        full = admitted if no_probation(admitted) else years_later(admitted, 1)
    settled = max(admitted, unit.founded)
    if not probationary and rng.random() < 0.85:
        joined = between(rng, settled, years_later(anchor, -1)) if rng.random() < 0.6 else settled
    else:
        joined = settled
    drawn = Person(
        name=person(rng, gender),
        gender=gender,
        nation=nation(rng),
        identity=numbers.fresh(rng, birth, gender),
        birth=birth,
        schooling=_schooling(rng, kind, unit),
        phone="" if kind == "retired" and rng.random() < 0.15 else phone(rng),
        branch=unit,
        group=group,
        kind=KINDS[kind],
        admitted=admitted,
        full=full,
        joined=joined,
    )
    return drawn if probationary else _with_story(rng, drawn, anchor)


def _with_story(rng: Random, drawn: Person, anchor: date) -> Person:
    """A few came from elsewhere during the year, a few had their probation extended."""
    throw = rng.random()
    if throw < 0.035:
        joined = between(rng, date(anchor.year, 2, 20), anchor - timedelta(days=30))
        note = f"{joined.year}年{joined.month}月由外单位转入"
        return replace(drawn, joined=max(joined, drawn.joined), note=note)
    if throw < 0.042 and drawn.full != drawn.admitted:
        half = drawn.admitted + timedelta(days=548)
        return replace(drawn, full=min(half, anchor), note="预备期曾延长半年")
    return drawn


def _year_of_age(anchor: date, age: int) -> tuple[date, date]:
    return years_later(anchor, -age - 1) + timedelta(days=1), years_later(anchor, -age)


def _schooling(rng: Random, kind: str, unit: Unit) -> str:
    if kind == "student" and "硕士" in unit.label + unit.short:
        return rng.choice(("大学本科", "硕士研究生"))
    if "博士" in unit.label:
        return "硕士研究生"
    return rng.choice(SCHOOLING[kind])
