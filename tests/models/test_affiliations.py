"""Whatever is done in whatever order, a member belongs to one branch on each day, or to none."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import bindparam, select
from tests.models.affiliations import BRANCHES, DAYS, Affiliations, Calendar
from tests.models.walking import World, finds, walk

from zhibu.accounts.principals import system_caller
from zhibu.act import Act
from zhibu.errors import Conflict, Invalid
from zhibu.identifiers import new_id
from zhibu.members import rules, service
from zhibu.members.errors import NothingToUndo
from zhibu.members.public import members_of
from zhibu.members.rules import Change, Departure, Gender, Home, MemberKind, Person, Stage, Step
from zhibu.members.rules import affiliations as affiliation_rules
from zhibu.members.service import Entered, Entry
from zhibu.members.tables import Affiliation, Member, StagePeriod
from zhibu.storage.fixed import Fixed
from zhibu.testing.house import NOON, OPERATOR
from zhibu.testing.register import identity

ON_RULES, IN_MEMORY, ON_DISK = 9_000, 400, 100
TODAY = NOON.date()
ADMITTED = date(2010, 7, 1)
PROBATION = rules.Probation(months=12, least_extension=6, most_extension=12)
UNITS = (*BRANCHES, "group", "rival")
_A, _S, _M = Affiliation.__table__.c, StagePeriod.__table__.c, Member.__table__.c
_ID, _TENANT = bindparam("id", type_=_A.id.type), bindparam("tenant", type_=_A.id.type)


def _history(of: Any, *columns: Any) -> Fixed:
    whose = (of.tenant_id == _TENANT, of.member_id == _ID)
    return Fixed(select(of.since, of.until, *columns).where(*whose).order_by(of.since))


_HOMES = _history(_A, _A.organization_id.label("what"))
_STAGES = _history(_S, _S.stage.label("what"))
_NOW = Fixed(select(_M.organization_id, _M.stage).where(_M.tenant_id == _TENANT, _M.id == _ID))


def day(number: int) -> date:
    return TODAY - timedelta(DAYS - 1 - number)


def calendar(periods: list[Any], names: dict[Any, str]) -> Calendar:
    """What held on each day; two at once, or a period that ends before it begins, is an error."""
    for period in periods:
        assert period.until is None or period.since < period.until, periods
    for earlier, later in pairwise(periods):
        assert earlier.until is not None, periods
        assert earlier.until <= later.since, periods
    shown: Calendar = [None] * DAYS
    for period in periods:
        since = max(0, (period.since - day(0)).days)
        until = DAYS if period.until is None else max(0, (period.until - day(0)).days)
        shown[since:until] = [names[period.what]] * (until - since)
    assert len(shown) == DAYS, periods
    return shown


STAGES = {stage: stage.value for stage in Stage}


def step_of(change: str, on: int) -> Step:
    return Step(
        change=Change(change),
        on=day(on),
        decision="决议",
        decided_on=TODAY - timedelta(DAYS),
        departure=Departure.WITHDREW if change == "left" else None,
    )


class Served:
    """The services, on whatever database the world has."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.units = {name: world.institution.units[name].id for name in UNITS}
        self.names = {id: name for name, id in self.units.items()}
        self.numbers = iter(range(100, 1_000))
        self.id = UUID(int=0)
        self.version = 1
        today = world.institution.house.now.date()
        world.callers["operator"] = system_caller(today, "test", *OPERATOR)

    def register(self, branch: str) -> bool:
        entry = Entry(
            organization_id=self.units[branch],
            name="某",
            identity_number=identity(next(self.numbers), born=date(1980, 3, 1)),
            kind=MemberKind.IN_SERVICE,
            admitted_on=ADMITTED,
        )
        made = self.world.may("operator", lambda act: service.register(act, entry, full=True))
        assert made is not None
        self.id = made.id
        return True

    def transfer(self, to: str, on: int, from_: str | None) -> bool:
        return self._done(
            lambda act: service.transfer(
                act,
                self.id,
                organization_id=self.units[to],
                on=day(on),
                reason="调动",
                from_id=self.units[from_] if from_ else None,
            )
        )

    def step(self, change: str, on: int, to: str) -> bool:
        step, branch = step_of(change, on), self.units[to]
        return self._done(
            lambda act: service.change_stage(act, self.id, step, organization_id=branch)
        )

    def undo(self, what: str) -> bool:
        return self._done(
            lambda act: service.undo_last(act, self.id, what=Entered(what), reason="误录")
        )

    def branches(self) -> Calendar:
        return calendar(self.world.rows(_HOMES, id=self.id), self.names)

    def stages(self) -> Calendar:
        return calendar(self.world.rows(_STAGES, id=self.id), {s.value: s.value for s in Stage})

    def now(self) -> tuple[str, str]:
        [row] = self.world.rows(_NOW, id=self.id)
        return self.names[row.organization_id], row.stage

    def on(self, number: int) -> str | None:
        """Where the register of that day has the member."""

        async def use(act: Act) -> list[Any]:
            return [*await members_of(act, "1.", day(number))]

        found = self.world.may("operator", use)
        assert found is not None
        return next((self.names[m.organization_id] for m in found if m.id == self.id), None)

    def _done(self, use: Callable[[Act], Any]) -> bool:
        return self.world.may("operator", use) is not None


class Judged:
    """The rules alone, put together as the services do; nothing is kept but their values."""

    def __init__(self) -> None:
        self.units = {name: new_id() for name in UNITS}
        self.names = {id: name for name, id in self.units.items()}

    def register(self, branch: str) -> bool:
        id = new_id()
        self.person = Person(
            id=id,
            organization_id=self.units[branch],
            group_id=None,
            path="1.",
            name="某",
            gender=Gender.FEMALE,
            birth_date=date(1980, 3, 1),
            nation=None,
            education=None,
            kind=MemberKind.IN_SERVICE,
            stage=Stage.FULL,
            admitted_on=ADMITTED,
            full_on=None,
            departure=None,
            left_on=None,
            identity_masked="",
            phone_masked=None,
            note=None,
            version=1,
        )
        self.joined = rules.affiliated([], id, self.units[branch], ADMITTED, None)
        self.periods = rules.begun(
            id,
            change=Change.REGISTERED,
            admitted_on=ADMITTED,
            full_on=None,
            full=True,
            decision="登记",
            decided_on=ADMITTED,
            probation=PROBATION,
        )
        return True

    def transfer(self, to: str, on: int, from_: str | None) -> bool:
        if from_ is not None and self.units[from_] != self.person.organization_id:
            return False
        current = next((a for a in self.joined if a.until is None), None)
        home = self._home(to)
        if rules.transfer_faults(self.person, current, home, on=day(on), today=TODAY):
            return False
        self.joined = rules.affiliated(self.joined, self.person.id, home.id, day(on), "调动")
        self._save(organization_id=home.id)
        return True

    def step(self, change: str, on: int, to: str) -> bool:
        step = step_of(change, on)
        found: list[Invalid | Conflict] = rules.step_faults(
            self.periods, step, today=TODAY, probation=PROBATION
        )
        if step.change is Change.LEFT:
            current = next((a for a in self.joined if a.until is None), None)
            found += rules.ending_faults(current, step.on)
        returning = step.change is Change.RESTORED and self.person.stage is Stage.LEFT
        if returning:
            found += rules.home_faults(self._home(to))
        if found:
            return False
        self.periods = rules.stepped(self.periods, step)
        if step.change is Change.LEFT:
            self.joined = rules.closed(self.joined, step.on)
        if returning:
            home = self.units[to]
            self.joined = rules.affiliated(self.joined, self.person.id, home, step.on, None)
            self._save(organization_id=home)
        self._save(stage=self.periods[-1].stage)
        return True

    def undo(self, what: str) -> bool:
        try:
            if what == "affiliation":
                self.joined = rules.unaffiliated(self.joined)
                self._save(organization_id=self.joined[-1].organization_id)
                return True
            undone, periods = self.periods[-1], rules.unstepped(self.periods)
            if undone.stage is Stage.LEFT:
                self.joined = rules.undeparted(self.joined, undone.since)
            elif periods[-1].stage is Stage.LEFT:
                self.joined = rules.unreturned(self.joined, undone.since)
                self._save(organization_id=self.joined[-1].organization_id)
        except Conflict:
            return False
        self.periods = periods
        self._save(stage=periods[-1].stage)
        return True

    def branches(self) -> Calendar:
        return calendar([Period(a, a.organization_id) for a in self.joined], self.names)

    def stages(self) -> Calendar:
        return calendar([Period(p, p.stage) for p in self.periods], STAGES)

    def now(self) -> tuple[str, str]:
        return self.names[self.person.organization_id], self.person.stage.value

    def on(self, number: int) -> str | None:
        return self.branches()[number]

    def _home(self, name: str) -> Home:
        return Home(
            id=self.units[name],
            name=name,
            path="1.",
            kind="x",
            formal=name in BRANCHES,
            ended=False,
        )

    def _save(self, **values: Any) -> None:
        self.person = replace(self.person, **values)


class Period:
    def __init__(self, row: Any, what: Any) -> None:
        self.since, self.until, self.what = row.since, row.until, what


def on_rules(tally: Counter[str]) -> Affiliations:
    return Affiliations(Judged(), tally)


def test_the_rules_give_one_branch_on_each_day() -> None:
    tally = walk(on_rules, ON_RULES)
    for what in ("transfer", "leave", "stop", "restore", "undo transfer", "undo stage"):
        assert tally[f"{what} True"] > 50, tally
        assert tally[f"{what} False"] > 50, tally


@pytest.mark.clause("S2-18")
def test_a_member_belongs_to_one_branch_on_each_day(world: World) -> None:
    served = Served(world)

    def make(tally: Counter[str]) -> Affiliations:
        return Affiliations(served, tally)

    walk(make, ON_DISK)
    if world.on_disk:
        with world.in_memory():
            walk(make, IN_MEMORY)


def nothing(*_: Any, **__: Any) -> list[Any]:
    return []


def gaps_forgotten(affiliations: list[Any]) -> list[Any]:
    """A transfer taken back without looking whether it was one."""
    if len(affiliations) < 2:
        raise NothingToUndo(path=("what",))
    return [*affiliations[:-2], replace(affiliations[-2], until=None)]


@pytest.mark.parametrize(
    ("guard", "planted"),
    [
        ("transfer_faults", nothing),
        ("ending_faults", nothing),
        ("step_faults", nothing),
        ("home_faults", nothing),
        ("unaffiliated", gaps_forgotten),
        ("unreturned", lambda affiliations, on: affiliations[:-1] or affiliations),
        ("closed", lambda affiliations, on: [*affiliations]),
    ],
)
def test_a_guard_that_is_taken_away_is_missed(
    guard: str, planted: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (rules, affiliation_rules):
        monkeypatch.setattr(module, guard, planted, raising=False)
    assert finds(on_rules, 2_000)
