"""Whatever is done in whatever order: paths follow parents, and nobody is without a branch."""

import random
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select

from zhibu.act import Act
from zhibu.errors import Refused, ZhibuError
from zhibu.identifiers import parent_path
from zhibu.members import service as members
from zhibu.members.rules import Change, Departure, Stage, Step
from zhibu.members.service import Entered
from zhibu.members.tables import Affiliation, Member, StagePeriod
from zhibu.organizations import service as organizations
from zhibu.organizations.rules import FORMAL_HOMES, Kind, Part
from zhibu.organizations.tables import Organization, OrganizationPeriod
from zhibu.testing.register import TODAY, Register

START = date(2025, 1, 1)


class World:
    """Random acts on one institution; what is refused is refused by name and changes nothing."""

    def __init__(self, register: Register, act: Act, seed: int) -> None:
        self.register = register
        self.act = act
        self.random = random.Random(seed)
        self.done: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.codes = iter(range(1000))

    async def any(self, column: Any, *where: Any) -> Any:
        found = sorted(await self.act.session.scalars(select(column).where(*where)))
        return self.random.choice(found)

    async def unit(self) -> Any:
        return await self.any(Organization.id, Organization.parent_id.is_not(None))

    async def branch(self) -> Any:
        return await self.any(Organization.id, Organization.kind.in_(sorted(FORMAL_HOMES)))

    async def person(self) -> Any:
        return await self.any(Member.id)

    def day(self) -> date:
        return START + timedelta(self.random.randrange((TODAY - START).days + 1))

    async def create(self) -> None:
        await organizations.create(
            self.act,
            parent_id=await self.any(Organization.id),
            code=f"X{next(self.codes)}",
            name=f"新{next(self.codes)}",
            kind=self.random.choice(sorted(Kind)),
            founded_on=START,
        )

    async def move(self) -> None:
        parent = await self.any(Organization.id)
        await organizations.move(
            self.act, await self.unit(), parent_id=parent, on=self.day(), reason="x"
        )

    async def rename(self) -> None:
        name = f"名{next(self.codes)}"
        await organizations.rename(
            self.act, await self.unit(), name=name, on=self.day(), reason="x"
        )

    async def merge(self) -> None:
        into = await self.branch()
        await organizations.merge(
            self.act, await self.branch(), into_id=into, on=self.day(), reason="x"
        )

    async def split(self) -> None:
        unit = await self.branch()
        here = (Member.organization_id == unit, Member.stage != "left")
        people = sorted(await self.act.session.scalars(select(Member.id).where(*here)))
        some = tuple(self.random.sample(people, len(people) // 2))
        part = Part(code=f"S{next(self.codes)}", name=f"分{next(self.codes)}", members=some)
        await organizations.split(self.act, unit, parts=[part], on=self.day(), reason="x")

    async def dissolve(self) -> None:
        await organizations.dissolve(self.act, await self.unit(), on=self.day(), reason="x")

    async def reopen(self) -> None:
        await organizations.reopen(self.act, await self.unit(), reason="x")

    async def transfer(self) -> None:
        branch = await self.branch()
        await members.transfer(
            self.act, await self.person(), organization_id=branch, on=self.day(), reason="x"
        )

    async def stage(self) -> None:
        step = Step(
            change=self.random.choice([Change.STOPPED, Change.RESTORED, Change.LEFT]),
            on=self.day(),
            decision="决议",
            decided_on=START,
            departure=Departure.WITHDREW,
        )
        branch = await self.branch()
        await members.change_stage(self.act, await self.person(), step, organization_id=branch)

    async def undo(self) -> None:
        what = self.random.choice([Entered.STAGE, Entered.AFFILIATION])
        await members.undo_last(self.act, await self.person(), what=what, reason="x")

    async def step(self) -> None:
        acts: list[Callable[[], Awaitable[None]]] = [
            self.create,
            *[self.move] * 4,
            *[self.rename] * 2,
            self.merge,
            self.split,
            self.dissolve,
            self.reopen,
            *[self.transfer] * 4,
            *[self.stage] * 3,
            *[self.undo] * 3,
        ]
        chosen = self.random.choice(acts)
        try:
            async with self.act.session.begin_nested():
                await chosen()
            self.done[chosen.__name__] += 1
        except (ZhibuError, Refused):
            self.refused[chosen.__name__] += 1

    async def check(self) -> None:
        units = {row.id: row for row in await self.act.session.execute(select(*COLUMNS))}
        for unit in units.values():
            above = units[unit.parent_id].path if unit.parent_id else ""
            assert parent_path(unit.path) == above
            if unit.parent_id and unit.ended_on is None:
                assert units[unit.parent_id].ended_on is None
        await self._check_history(units)
        await self._check_members(units)

    async def _check_history(self, units: dict[Any, Any]) -> None:
        p = OrganizationPeriod.__table__.c
        query = select(*p).order_by(p.organization_id, p.since)
        histories: dict[Any, list[Any]] = {}
        for row in await self.act.session.execute(query):
            histories.setdefault(row.organization_id, []).append(row)
        for id, history in histories.items():
            for earlier, later in pairwise(history):
                assert earlier.until == later.since
            last, unit = history[-1], units[id]
            assert last.until == unit.ended_on
            assert (last.name, last.kind) == (unit.name, unit.kind)
            assert last.parent_id == unit.parent_id
            # Who had ended when a unit above moved stays, in history, where it stood.
            assert last.path == unit.path or last.until

    async def _check_members(self, units: dict[Any, Any]) -> None:
        a, s = Affiliation.__table__.c, StagePeriod.__table__.c
        held = (
            await self.act.session.execute(select(a.member_id, a.organization_id, a.until))
        ).all()
        open_ones = {row.member_id: row.organization_id for row in held if row.until is None}
        stages = {
            row.member_id: row.stage
            for row in await self.act.session.execute(
                select(s.member_id, s.stage).where(s.until.is_(None))
            )
        }
        m = Member.__table__.c
        for row in await self.act.session.execute(
            select(m.id, m.organization_id, m.group_id, m.path, m.stage)
        ):
            assert stages[row.id] == row.stage
            assert row.path == units[row.organization_id].path
            if row.stage == Stage.LEFT:
                assert row.id not in open_ones
                continue
            home = units[open_ones[row.id]]
            assert home.id == row.organization_id
            assert home.ended_on is None
            assert home.kind in FORMAL_HOMES
            if row.group_id:
                assert units[row.group_id].parent_id == home.id
        assert len(open_ones) == sum(row.until is None for row in held)


COLUMNS = (
    Organization.id,
    Organization.parent_id,
    Organization.path,
    Organization.name,
    Organization.kind,
    Organization.ended_on,
)


@pytest.mark.clause("S2-18")
@pytest.mark.parametrize("seed", [5, 10, 17, 20])
async def test_paths_follow_parents_and_everybody_has_one_branch(
    register: Register, seed: int
) -> None:
    for at in ("branch", "branch", "other", "far"):
        await register.member(at)
    await register.member("branch", group_id=register.units["group"].id)
    async with register.act() as act:
        world = World(register, act, seed)
        for _ in range(120):
            await world.step()
            await world.check()
    assert sum(world.done.values()) > 20, world.refused
