"""A home that goes on from an older backup: what it forgot is said again, or named."""

from uuid import UUID

import pytest
from sqlalchemy import delete, update
from tests.exchange.conftest import Pair, messages, states

from zhibu.cli.doctor.exchange import examine_exchange
from zhibu.cli.doctor.finding import State
from zhibu.exchange import store
from zhibu.tenants.founding import suspend
from zhibu.testing.house import Institution


async def forget(institution: Institution, *ids: UUID) -> None:
    """The home is as it was before these messages."""
    async with institution.operator() as act:
        mine = (store.TABLE.c.tenant_id == act.tenant_id, store.TABLE.c.id.in_(ids))
        await act.session.execute(delete(store.TABLE).where(*mine))


async def diagnosed(pair: Pair, institution: Institution) -> str | None:
    platform = pair.home.house.platform
    entry = await platform.directory.by_code(institution.tenant.code)
    found = await examine_exchange(platform, entry)
    assert (found.state is State.OK) is (not found.detail)
    return found.detail or None


async def later(pair: Pair) -> None:
    for _ in range(3):
        await pair.home.later(days=1)
        await pair.home.house.platform.jobs.tick()
        await pair.work()


async def test_a_sender_that_forgot_what_it_said_goes_on_after_it(pair: Pair, about: UUID) -> None:
    first = await pair.say("一", about)
    second = await pair.say("二", about)
    await pair.work()
    await forget(pair.home, first, second)
    assert await diagnosed(pair, pair.there) == (
        "yunling goes on from an older backup: it forgot 2 that it sent"
    )
    await pair.say("三", about)
    await pair.say("四", about)
    await later(pair)
    assert pair.heard.came == ["一", "二", "三", "四"]
    assert [row.number for row in await messages(pair.there)] == [1, 2, 3, 4]
    assert await states(pair.home) == ["delivered", "delivered"]


async def test_a_receiver_that_lost_what_it_took_is_told_it_again_in_order(
    pair: Pair, about: UUID
) -> None:
    ids = [await pair.say(say, about) for say in ("一", "unwanted", "三")]
    await pair.work()
    assert await states(pair.home) == ["delivered", "undeliverable", "delivered"]
    await forget(pair.there, *ids)
    assert await diagnosed(pair, pair.home) == (
        "haibin goes on from an older backup: it lost 2 that it took"
    )
    await pair.say("四", about)
    await later(pair)
    assert pair.heard.came == ["一", "三", "一", "三", "四"]
    assert await states(pair.there) == ["received", "turned_away", "received", "received"]
    assert await diagnosed(pair, pair.home) is None


async def test_what_neither_side_keeps_is_named_and_waits(pair: Pair, about: UUID) -> None:
    first = await pair.say("一", about)
    await pair.work()
    await forget(pair.there, first)
    async with pair.home.operator() as act:
        mine = (store.TABLE.c.tenant_id == act.tenant_id, store.TABLE.c.id == first)
        await act.session.execute(update(store.TABLE).where(*mine).values(body_sealed=b""))
    await pair.say("二", about)
    await later(pair)
    assert await states(pair.home) == ["delivered", "waiting"]
    assert await diagnosed(pair, pair.home) == (
        "1 not delivered within a day; haibin goes on from an older backup: it lost 1 that it took"
    )


@pytest.mark.parametrize("gone", [True, False])
async def test_nobody_is_suspected_who_is_away_or_has_everything(
    pair: Pair, about: UUID, gone: bool
) -> None:
    first = await pair.say("一", about)
    await pair.work()
    if gone:
        await forget(pair.there, first)
        await suspend(pair.home.house.platform, "haibin")
    assert await diagnosed(pair, pair.home) is None
