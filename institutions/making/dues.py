"""A year of dues as branches keep it: who declared what, who paid when, who is behind."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from making.people import Person
from making.plans import Plan

WAGE = ((300_000, 50), (500_000, 100), (1_000_000, 150), (None, 200))
PENSION = ((500_000, 50), (None, 100))
FIXED = 20
# Share of members, months that were let pass at the end, chance to pay a month late.
HABITS = ((0.8, 0, 0.02), (0.1, 1, 0.1), (0.07, 3, 0.2), (0.03, 7, 0.0))


@dataclass(frozen=True)
class Income:
    """What a person's dues of the year are reckoned by, in fen; without a base they are fixed."""

    person: Person
    kind: str
    base: int | None
    monthly: int


@dataclass(frozen=True)
class Payment:
    """A month that was paid on a day, by the person or a relative."""

    person: Person
    month: date
    paid: date
    fen: int
    relative: str | None
    late: bool


def year_of(plan: Plan, people: list[Person], anchor: date) -> tuple[list[Income], list[Payment]]:
    """The year of the branches that the plan names; nothing where it names none."""
    rng = Random(f"dues:{plan.given['code']}")
    branches = {plan.find(label).code for label in plan.given.get("dues", ())}
    incomes = [_income(rng, person) for person in people if person.branch.code in branches]
    payments = [paid for income in incomes for paid in _payments(rng, income, anchor)]
    return incomes, sorted(payments, key=lambda each: (each.paid, each.person.identity))


def _income(rng: Random, person: Person) -> Income:
    if person.kind == "在职":
        base = rng.randrange(420_000, 1_350_000, 10_000)
        return Income(person, "wage", base, _flat(base, WAGE))
    if person.kind == "离退休":
        base = rng.randrange(320_000, 780_000, 10_000)
        return Income(person, "retired", base, _flat(base, PENSION))
    return Income(person, "student" if person.kind == "学生" else "unemployed", None, FIXED)


def _flat(base: int, brackets: tuple[tuple[int | None, int], ...]) -> int:
    rate = next(rate for up_to, rate in brackets if up_to is None or base <= up_to)
    return (base * rate + 5_000) // 10_000


def _payments(rng: Random, income: Income, anchor: date) -> list[Payment]:
    _, silent, lateness = rng.choices(HABITS, [share for share, _, _ in HABITS])[0]
    found = []
    for number in range(1, anchor.month - silent):
        month = date(anchor.year, number, 1)
        last = month.replace(day=monthrange(month.year, number)[1])
        if last < income.person.admitted:
            continue
        late = rng.random() < lateness
        paid = (
            last + timedelta(days=rng.randrange(2, 12))
            if late
            else month.replace(day=rng.randrange(5, 26))
        )
        paid = max(paid, income.person.admitted)
        relative = f"{income.person.name[0]}家属" if rng.random() < 0.02 else None
        found.append(Payment(income.person, month, paid, income.monthly, relative, late))
    return found
