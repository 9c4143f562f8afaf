"""What columns take and give, and what is said of rows that break a constraint."""

import sqlite3
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Column, MetaData, Table, UniqueConstraint, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.types import String

from zhibu.storage.fresh import fresh_ids
from zhibu.storage.many import expect_many
from zhibu.storage.tables import Exact, Moment
from zhibu.storage.violations import unique_violation
from zhibu.storage.wholesale import wholesale

LITE, SERVER = sqlite.dialect(), postgresql.dialect()  # type: ignore[no-untyped-call]


def test_a_third_decimal_place_is_refused_and_none_is_lost() -> None:
    column = Exact()
    with pytest.raises(ValueError, match="two decimal places"):
        column.process_bind_param(Decimal("1.005"), LITE)
    for given, kept in ((Decimal("31.5"), 3150), (Decimal("-0.01"), -1), (7, 700), (None, None)):
        assert column.process_bind_param(given, LITE) == kept
        assert column.process_result_value(kept, LITE) == given


def test_a_moment_without_a_zone_is_refused_and_one_of_any_zone_is_kept() -> None:
    column, noon = Moment(), datetime(2026, 6, 15, 4, tzinfo=UTC)
    with pytest.raises(ValueError, match="time zone"):
        column.process_bind_param(noon.replace(tzinfo=None), LITE)
    for dialect in (LITE, SERVER):
        kept = column.process_bind_param(noon, dialect)
        assert column.process_result_value(kept, dialect) == noon
        assert column.process_bind_param(None, dialect) is None
        assert column.process_result_value(None, dialect) is None


def broken(*statements: str) -> IntegrityError:
    """What SQLite says to the last of these statements."""
    connection = sqlite3.connect(":memory:")
    try:
        for statement in statements[:-1]:
            connection.execute(statement)
        with pytest.raises(sqlite3.IntegrityError) as caught:
            connection.execute(statements[-1])
    finally:
        connection.close()
    return IntegrityError(statements[-1], {}, caught.value)


def test_a_second_row_names_what_it_broke() -> None:
    known = MetaData()
    Table("t", known, Column("a", String), UniqueConstraint("a", name="uq_a"))
    twice = "INSERT INTO t VALUES ('x', 'y')"
    expression = "CREATE UNIQUE INDEX lower_a ON t (lower(a))"
    for unique, name in (
        ("CREATE UNIQUE INDEX of_a ON t (a)", "uq_a"),
        ("CREATE UNIQUE INDEX of_b ON t (b)", "uq_t_b"),  # by the convention
        (expression, "lower_a"),
    ):
        error = broken("CREATE TABLE t (a, b)", unique, twice, twice)
        assert unique_violation(error, known) == name
    assert (
        unique_violation(broken("CREATE TABLE t (a CHECK (a > 0))", "INSERT INTO t VALUES (0)"))
        is None
    )


async def test_rows_that_a_statement_makes_have_each_an_id_of_this_moment(town: Any) -> None:
    async with town.homes.home(town.a).act(town.a) as session:
        made = (await session.execute(select(fresh_ids(session), town.person.c.id))).all()
    ids = {UUID(str(id)) for id, _ in made}
    assert len(ids) == 3
    assert {(id.version, id.variant) for id in ids} == {(7, "specified in RFC 4122")}


async def test_long_lists_are_planned_for_their_values_within_the_transaction(town: Any) -> None:
    home = town.homes.home(town.a)
    async with home.act(town.a) as session:
        await expect_many(session)
        if home.name == "postgresql":
            mode = await session.scalar(text("SHOW plan_cache_mode"))
            assert mode == "force_custom_plan"
    if home.name == "postgresql":
        assert await home.read(town.a, [("SHOW plan_cache_mode", ())]) == [[("auto",)]]


async def test_what_goes_over_everything_is_planned_so_within_the_transaction(town: Any) -> None:
    home = town.homes.home(town.a)
    async with home.act(town.a) as session:
        await wholesale(session)
        if home.name == "postgresql":
            assert await session.scalar(text("SHOW enable_nestloop")) == "off"
    if home.name == "postgresql":
        assert await home.read(town.a, [("SHOW enable_nestloop", ())]) == [[("on",)]]
