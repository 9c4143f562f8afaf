"""A question that keeps the database at work is given up, unless the work may take its time."""

from uuid import UUID

import pytest
from sqlalchemy import text

from zhibu.storage.homes import Homes, files, poolers
from zhibu.storage.homes.contract import QuestionTooLong
from zhibu.storage.homes.patience import patiently

ENDLESS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    "SELECT count(*) FROM n WHERE i < 0"
)
LONG = ENDLESS.replace("FROM n)", "FROM n WHERE i < 1000000)")
SHORT = "SELECT 1"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name, value in (
        (files, "STATEMENT", 0.03),
        (files, "TRANSACTION", 0.03),
        (poolers, "LIMITED", poolers.LIMITED.replace("5000", "30")),
    ):
        monkeypatch.setattr(module, name, value)


async def test_reading_without_end_is_given_up(homes: Homes, tenant_id: UUID) -> None:
    home = homes.home(tenant_id)
    with pytest.raises(QuestionTooLong):
        await home.read(tenant_id, [(ENDLESS, ())])
    assert await home.read(tenant_id, [(SHORT, ())]) == [[(1,)]]


@pytest.mark.parametrize("way", ["act", "view"])
async def test_a_session_without_end_is_given_up(homes: Homes, tenant_id: UUID, way: str) -> None:
    home = homes.home(tenant_id)
    with pytest.raises(QuestionTooLong):
        async with getattr(home, way)(tenant_id) as session:
            await session.execute(text(ENDLESS))
    async with getattr(home, way)(tenant_id) as session:
        assert (await session.execute(text(SHORT))).scalar_one() == 1


async def test_long_work_may_take_its_time(homes: Homes, tenant_id: UUID) -> None:
    home = homes.home(tenant_id)
    with patiently():
        async with home.act(tenant_id) as session:
            assert (await session.execute(text(LONG))).scalar_one() == 0
    with pytest.raises(QuestionTooLong):
        async with home.act(tenant_id) as session:
            await session.execute(text(LONG))


async def test_long_work_asks_anew_how_to_ask_of_what_it_filled(
    homes: Homes, tenant_id: UUID
) -> None:
    """Of an empty table all is read, of a full one what is wanted: a plan is not kept."""
    home = homes.home(tenant_id)
    if home.name == "sqlite":
        pytest.skip("SQLite plans each statement when it runs")
    way = text("SELECT current_setting('plan_cache_mode')")
    with patiently():
        async with home.act(tenant_id) as session:
            assert (await session.execute(way)).scalar_one() == "force_custom_plan"
    async with home.act(tenant_id) as session:
        assert (await session.execute(way)).scalar_one() == "auto"
