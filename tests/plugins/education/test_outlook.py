"""The database and Python judge a member's year alike, on any hours and on any day."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import (
    Column,
    Connection,
    Integer,
    MetaData,
    Table,
    create_engine,
    delete,
    insert,
    literal,
    select,
)

from zhibu.storage.tables import Exact
from zhibu_education.reads.standing import behind_pace, not_met, will_miss
from zhibu_education.rules.standing import Hours
from zhibu_education.rules.standing import behind as behind_in_python
from zhibu_education.rules.standing import will_miss as misses_in_python

STANDINGS = Table(
    "standings",
    MetaData(),
    Column("place", Integer, primary_key=True),
    *(Column(name, Exact) for name in ("required", "verified", "pending", "enrolled")),
)
# Whole hours meet on the boundary far more often than hundredths do.
hours = st.one_of(st.integers(0, 64).map(Decimal), st.decimals(0, 64, places=2, allow_nan=False))
standings = st.lists(
    st.builds(Hours, required=hours, verified=hours, pending=hours, enrolled=hours),
    min_size=1,
    max_size=20,
)


class Arguments:
    """The arguments of a field as the expressions ask for them."""

    def __init__(self, year: int, on: date) -> None:
        self.values = {"year": year, "on": on}

    def given(self, name: str) -> bool:
        return True

    def bind(self, name: str, convert: Any = None, type_: Any = None) -> Any:
        value: Any = self.values[name]
        return literal(convert(value) if convert else value, type_)


@pytest.fixture(params=["sqlite", "postgresql"])
def connection(request: pytest.FixtureRequest) -> Iterator[Connection]:
    url = "sqlite://"
    if request.param == "postgresql":
        url = str(request.getfixturevalue("postgres").owner)
    engine = create_engine(url)
    with engine.connect() as found:
        STANDINGS.metadata.create_all(found)
        yield found
    engine.dispose()


@pytest.mark.clause("S2-06", "S0-36")
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=standings, year=st.sampled_from([2026, 2028]), data=st.data())
def test_the_lists_hold_exactly_whom_the_rules_name(
    connection: Connection, rows: list[Hours], year: int, data: st.DataObject
) -> None:
    on = data.draw(st.dates(date(year - 1, 12, 25), date(year + 1, 1, 7)))
    args = Arguments(year, on)
    connection.execute(delete(STANDINGS))
    connection.execute(
        insert(STANDINGS), [{"place": n, **vars(found)} for n, found in enumerate(rows)]
    )

    def listed(condition: Any) -> set[int]:
        return set(connection.scalars(select(STANDINGS.c.place).where(condition)))

    assert listed(will_miss(STANDINGS, args, None)) == {
        n for n, found in enumerate(rows) if misses_in_python(found, year, on)
    }
    assert listed(behind_pace(STANDINGS, args, None)) == {
        n for n, found in enumerate(rows) if behind_in_python(found, year, on)
    }
    assert listed(not_met(STANDINGS)) == {n for n, found in enumerate(rows) if not found.met}
