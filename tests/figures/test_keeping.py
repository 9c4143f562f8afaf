"""Figures are what the records say, whatever acts come together."""

import asyncio
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import func, insert, literal, select, update

from zhibu.contributions import Figure
from zhibu.figures import keeping
from zhibu.figures.core import FIGURES, MEMBERS, ORGANIZATIONS
from zhibu.figures.tables import KeptFigure
from zhibu.figures.totals import figure_of, own, subtree_total
from zhibu.members.tables import Member
from zhibu.organizations.tables import Organization
from zhibu.testing.register import Register, counted

KEPT = KeptFigure.__table__
UNITS = Organization.__table__

BORN = Figure(
    name="test.born",
    per_organization=lambda tenant_id: (
        select(
            Member.organization_id.label("organization_id"),
            func.count().label("value"),
            func.extract("year", Member.birth_date).label("period"),
        )
        .where(Member.tenant_id == tenant_id)
        .group_by(Member.organization_id, func.extract("year", Member.birth_date))
    ),
)


async def values(register: Register, name: str) -> dict[str, int]:
    """What is kept under a name, by the name of the unit."""
    by_path = {unit.path: name for name, unit in register.units.items()}
    async with register.homes.home(register.tenant_id).view(register.tenant_id) as session:
        query = select(KEPT.c.path, KEPT.c.value).where(
            KEPT.c.tenant_id == register.tenant_id, KEPT.c.name == name
        )
        return {by_path[path]: value for path, value in await session.execute(query)}


async def refreshed(register: Register, *units: str, figures: list[Figure] = FIGURES) -> None:
    ids = [register.units[unit].id for unit in units]
    async with register.act() as act:
        await keeping.refresh(act.session, act.tenant_id, ids, figures)


async def differences(register: Register) -> list[keeping.Difference]:
    async with register.homes.home(register.tenant_id).view(register.tenant_id) as session:
        return await keeping.differences(session, register.tenant_id, FIGURES)


async def test_only_what_was_touched_is_counted_again(register: Register) -> None:
    await register.member("branch")
    await register.member("far")
    await refreshed(register, "branch")
    assert await values(register, "core.members") == {"branch": 1}


async def test_what_is_no_longer_there_counts_as_none(register: Register) -> None:
    member = await register.member("branch")
    await refreshed(register, "branch", "other")
    async with register.act() as act:
        await act.session.execute(
            update(Member)
            .where(Member.tenant_id == register.tenant_id, Member.id == member.id)
            .values(organization_id=register.units["other"].id, path=register.units["other"].path)
        )
    await refreshed(register, "branch", "other")
    assert await values(register, "core.members") == {"branch": 0, "other": 1}
    assert await differences_of(register, "core.members") == []


async def differences_of(register: Register, name: str) -> list[keeping.Difference]:
    return [each for each in await differences(register) if each.name == name]


async def test_another_tenant_is_neither_counted_nor_touched(register: Register) -> None:
    await register.member("branch")
    await refreshed(register, "branch")
    other = UUID(int=7)
    await register.homes.home(other).create(other)
    async with register.homes.home(other).act(other) as session:
        await keeping.rebuild(session, other, FIGURES)
        found = await session.execute(select(func.count()).select_from(KEPT))
        assert found.scalar_one() == 0
    assert await values(register, "core.members") == {"branch": 1}


async def test_a_wrong_figure_is_found_and_mended(register: Register) -> None:
    await register.member("branch")
    async with register.act() as act:
        await keeping.rebuild(act.session, act.tenant_id, FIGURES)
    assert await differences(register) == []
    async with register.act() as act:
        await act.session.execute(
            update(KEPT)
            .where(KEPT.c.tenant_id == register.tenant_id, KEPT.c.name == "core.members")
            .values(value=9)
        )
        await act.session.execute(
            insert(KEPT).values(
                tenant_id=register.tenant_id,
                name="core.left_members",
                organization_id=register.units["far"].id,
                path=register.units["far"].path,
                value=2,
            )
        )
    branch, far = register.units["branch"].id, register.units["far"].id
    assert await differences(register) == [
        keeping.Difference(name="core.left_members", organization_id=far, kept=2, counted=0),
        keeping.Difference(name="core.members", organization_id=branch, kept=9, counted=1),
    ]
    async with register.act() as act:
        await keeping.rebuild(act.session, act.tenant_id, FIGURES)
    assert await differences(register) == []


async def test_a_figure_may_be_kept_by_period(register: Register) -> None:
    await register.member("branch")
    await refreshed(register, "branch", figures=[BORN])
    assert await values(register, "test.born.1980") == {"branch": 1}


async def test_refreshing_costs_few_statements_however_many_figures(register: Register) -> None:
    async with register.act() as act, counted(act) as statements:
        ids = [unit.id for unit in register.units.values()]
        await keeping.refresh(act.session, act.tenant_id, ids, FIGURES)
    locks = register.homes.home(register.tenant_id).name == "postgresql"
    assert len(statements) == 1 + locks


@pytest.mark.parametrize("together", [2, 6])
async def test_acts_in_one_branch_at_the_same_time_leave_the_right_number(
    register: Register, together: int
) -> None:
    entered = asyncio.Barrier(together)
    postgresql = register.homes.home(register.tenant_id).name == "postgresql"

    async def admit(entry) -> None:
        from zhibu.members import service

        async with register.act() as act:
            await service.register(act, entry, full=True, full_on=date(2011, 7, 1))
            if postgresql:  # on SQLite the second act waits at its beginning
                await entered.wait()
            await keeping.refresh(
                act.session, act.tenant_id, [register.units["branch"].id], FIGURES
            )

    await asyncio.gather(*(admit(register.entry("branch")) for _ in range(together)))
    assert await values(register, "core.members") == {"branch": together}


async def test_acts_that_touch_the_same_units_in_another_order_do_not_block_each_other(
    register: Register,
) -> None:
    names = ["branch", "other", "far"]
    await asyncio.gather(
        *(refreshed(register, *(names if n % 2 else names[::-1])) for n in range(8))
    )
    assert await differences_of(register, "core.members") == []


async def test_totals_add_up_a_subtree_and_nothing_beside_it(register: Register) -> None:
    for unit in ("branch", "branch", "other", "far"):
        await register.member(unit)
    async with register.act() as act:
        await keeping.rebuild(act.session, act.tenant_id, FIGURES)
        unit = UNITS.alias()
        query = select(
            unit.c.path,
            subtree_total("core.members", unit),
            own("core.members", unit),
            subtree_total("core.nothing", unit),
        ).where(unit.c.tenant_id == act.tenant_id)
        found = {path: rest for path, *rest in await act.session.execute(query)}
        whole = figure_of("core.members", "", act.tenant_id)
        rival = figure_of("core.members", register.units["rival"].path, act.tenant_id)
        bound = figure_of("core.members", literal(register.units["general"].path), act.tenant_id)
        totals = (await act.session.execute(select(whole, rival, bound))).one()
    by_name = {name: found[unit.path] for name, unit in register.units.items()}
    assert by_name["root"] == [4, 0, 0]
    assert by_name["general"] == [3, 0, 0]
    assert by_name["branch"] == [2, 2, 0]
    assert by_name["rival"] == [1, 0, 0]
    assert tuple(totals) == (4, 1, 3)


async def test_the_core_counts_members_by_stage_and_units(register: Register) -> None:
    await register.member("branch")
    await register.probationary("branch")
    async with register.act() as act:
        await keeping.rebuild(act.session, act.tenant_id, FIGURES)
    assert await values(register, MEMBERS.name) == {"branch": 2}
    assert await values(register, "core.full_members") == {"branch": 1}
    assert await values(register, "core.probationary_members") == {"branch": 1}
    assert sum((await values(register, ORGANIZATIONS.name)).values()) == len(register.units)
    assert set(await values(register, "core.branches")) == {"branch", "other", "far"}
