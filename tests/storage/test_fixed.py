"""Fixed statements answer what the session would, in one round trip, and fail as it does."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import (
    Integer,
    String,
    Uuid,
    bindparam,
    column,
    insert,
    select,
    table,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError

from zhibu.identifiers import new_id
from zhibu.storage.among import among
from zhibu.storage.fixed import Fixed, run
from zhibu.storage.homes import HomeUnreachable

PERSON = table(
    "toy_person",
    column("tenant_id", Uuid),
    column("id", Uuid),
    column("house_id", Uuid),
    column("number", String),
    column("points", Integer),
    column("door", String),
)
TENANT = PERSON.c.tenant_id == bindparam("tenant")
PEOPLE = Fixed(select(PERSON.c.number, PERSON.c.points).where(TENANT).order_by(PERSON.c.number))
THESE = Fixed(select(PERSON.c.number).where(TENANT, among(PERSON.c.number, "numbers")))
TWO = Fixed(select(PERSON.c.number).where(TENANT, PERSON.c.number.in_(["1", "2"])))
AWARD = Fixed(
    update(PERSON)
    .where(TENANT, PERSON.c.number == bindparam("of"))
    .values(points=PERSON.c.points + bindparam("more"))
    .returning(PERSON.c.points)
)
ENTER = Fixed(insert(PERSON))


def person(town: Any, number: str) -> dict[str, Any]:
    return {
        "tenant_id": town.a,
        "id": new_id(),
        "house_id": town.house[town.a],
        "number": number,
        "points": 0,
        "door": "",
    }


async def test_it_answers_as_the_session_does(town: Any) -> None:
    async with town.homes.home(town.a).act(town.a) as session:
        (found,) = await run(session, PEOPLE(tenant=town.a))
        same = select(PERSON.c.number, PERSON.c.points).order_by(PERSON.c.number)
        assert [dict(row._mapping) for row in found] == [
            dict(row._mapping) for row in await session.execute(same)
        ]
        assert found[0].number == "1"
        (ids,) = await run(session, Fixed(select(PERSON.c.id).where(TENANT))(tenant=town.a))
        assert all(isinstance(row.id, UUID) for row in ids)


async def test_several_go_together_and_each_sees_those_before_it(town: Any) -> None:
    async with town.homes.home(town.a).act(town.a) as session:
        once, twice, people = await run(
            session,
            AWARD(tenant=town.a, of="1", more=2),
            AWARD(tenant=town.a, of="1", more=3),
            PEOPLE(tenant=town.a),
        )
    assert [once[0].points, twice[0].points] == [2, 5]
    assert [row.points for row in people] == [5, 0, 0]


async def test_a_list_is_one_value_of_any_length(town: Any) -> None:
    async with town.homes.home(town.a).act(town.a) as session:
        for numbers, found in (
            ([], []),
            (["2"], ["2"]),
            (["9", "3", "1"], ["1", "3"]),
            ([str(n) for n in range(50_000)], ["1", "2", "3"]),
        ):
            (rows,) = await run(session, THESE(tenant=town.a, numbers=numbers))
            assert sorted(row.number for row in rows) == found
        (rows,) = await run(session, TWO(tenant=town.a))
        assert sorted(row.number for row in rows) == ["1", "2"]


async def test_a_list_is_looked_up_by_the_index(sqlite_town: Any) -> None:
    town = sqlite_town
    async with town.homes.home(town.a).act(town.a) as session:
        sql = THESE.on("sqlite").sql
        driver = await session.connection()
        plan = await driver.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", (town.a.hex, "[]"))
        assert any("(tenant_id=? AND number=?)" in row.detail for row in plan)


async def test_what_breaks_a_constraint_is_worded_as_ever_and_leaves_nothing(town: Any) -> None:
    async def twice() -> None:
        async with town.homes.home(town.a).act(town.a) as session:
            await run(session, ENTER(**person(town, "8")), ENTER(**person(town, "1")))

    with pytest.raises(IntegrityError):
        await twice()
    async with town.homes.home(town.a).act(town.a) as session:
        (rows,) = await run(session, PEOPLE(tenant=town.a))
    assert [row.number for row in rows] == ["1", "2", "3"]


async def test_a_savepoint_saves_from_it(town: Any) -> None:
    async with town.homes.home(town.a).act(town.a) as session:
        with pytest.raises(DBAPIError):
            async with session.begin_nested():
                await run(session, ENTER(**person(town, "1")))
        await run(session, ENTER(**person(town, "9")))
        (rows,) = await run(session, PEOPLE(tenant=town.a))
    assert [row.number for row in rows] == ["1", "2", "3", "9"]


async def test_a_value_that_is_forgotten_is_no_null(town: Any) -> None:
    async with town.homes.home(town.a).act(town.a) as session:
        with pytest.raises(KeyError):
            await run(session, AWARD(tenant=town.a, of="1"))


def test_a_list_that_needs_another_statement_for_each_length_is_refused() -> None:
    growing = Fixed(select(PERSON.c.id).where(PERSON.c.number.in_(bindparam("numbers"))))
    with pytest.raises(AssertionError, match="among"):
        growing.on("sqlite")


async def test_a_connection_that_breaks_is_named_and_not_used_again(
    postgresql_town: Any,
) -> None:
    town = postgresql_town
    home = town.homes.home(town.a)

    async def broken(calls: int) -> None:
        async with home.act(town.a) as session:
            own = await session.scalar(text("SELECT pg_backend_pid()"))
            await _end(town, own)
            await run(session, *[PEOPLE(tenant=town.a)] * calls)

    for calls in (1, 2):
        with pytest.raises(HomeUnreachable):
            await broken(calls)
    async with home.act(town.a) as session:
        (rows,) = await run(session, PEOPLE(tenant=town.a))
    assert len(rows) == 3


async def test_one_that_is_cancelled_leaves_nothing_and_the_next_goes_on(
    postgresql_town: Any,
) -> None:
    town = postgresql_town
    home = town.homes.home(town.a)
    slow = Fixed(text("SELECT pg_sleep(60)"))
    begun = asyncio.Event()

    async def act() -> None:
        async with home.act(town.a) as session:
            await run(session, AWARD(tenant=town.a, of="1", more=2))
            begun.set()
            await run(session, slow(), PEOPLE(tenant=town.a))

    task = asyncio.create_task(act())
    await begun.wait()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with home.act(town.a) as session:
        (rows,) = await run(session, PEOPLE(tenant=town.a))
    assert [row.points for row in rows] == [0, 0, 0]


async def _end(town: Any, pid: int) -> None:
    async with town.homes.home(town.b).act(town.b) as session:
        await session.execute(text(f"SELECT pg_terminate_backend({pid})"))
