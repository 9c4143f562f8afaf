"""Messages between institutions: who is told, what comes back, and what nobody learns."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest
from tests.exchange.conftest import KIND, Cut, Pair, cut_at, ledger, messages, said, states

from zhibu.act import Act
from zhibu.errors import Refused
from zhibu.exchange import errors
from zhibu.exchange.delivering import DELIVER
from zhibu.exchange.public import send
from zhibu.exchange.rules import LONGEST
from zhibu.exchange.service import taking
from zhibu.identifiers import new_id
from zhibu.jobs.running import Runner
from zhibu.organizations.public import Unit
from zhibu.parameters.service import override
from zhibu.tenants import store as tenants
from zhibu.tenants.founding import suspend
from zhibu.tenants.rules import FOUNDING

CUTS = ["haibin before", "haibin after", "yunling before", "yunling after"]


async def test_what_cannot_be_sent_is_refused_with_every_reason(pair: Pair, about: UUID) -> None:
    async with pair.home.operator() as act:
        await override(act, pair.home.units["root"].id, "core.exchange_daily", act.today, 0, "测试")
    pair.home.house.platform.snapshots.forget(pair.home.tenant.id)
    with pytest.raises(Refused) as refused:
        await pair.say("长" * LONGEST, about, to=" YunLing ")
    assert [type(each) for each in refused.value.errors] == [
        errors.MessageToOneself,
        errors.MessageTooLong,
        errors.MessagesTooMany,
    ]
    assert await messages(pair.home) == []


async def test_a_limit_of_new_matters_ends_none_that_is_open(pair: Pair, about: UUID) -> None:
    await pair.say("一", about)
    async with pair.home.operator() as act:
        await override(act, pair.home.units["root"].id, "core.exchange_daily", act.today, 1, "测试")
    with pytest.raises(Refused):
        await pair.say("另一件", new_id())
    await pair.say("二", about)
    await pair.work()
    assert pair.heard.came == ["一", "二"]


async def test_what_is_said_in_an_act_that_fails_is_never_sent(pair: Pair, about: UUID) -> None:
    async def fail() -> None:
        async with pair.home.by("officer") as act:
            await send(act, said("haibin", "不算", about=about))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    await pair.work()
    assert await messages(pair.home) == await messages(pair.there) == []


@pytest.mark.parametrize("why", ["unknown", "suspended", "plugin off", "no such kind", "refused"])
async def test_whoever_is_not_there_and_whoever_will_not_are_one_answer(
    pair: Pair, about: UUID, why: str
) -> None:
    platform, to, say = pair.home.house.platform, "haibin", "请接收"
    if why == "unknown":
        to = "nowhere"
    elif why == "suspended":
        await suspend(platform, "haibin")
    elif why == "plugin off":
        await pair.there.switch("education", False)
    elif why == "refused":
        say = "unwanted"
    if why == "no such kind":
        async with pair.home.by("officer") as act:
            await send(act, said(to, say, about=about, kind="education.unheard"))
    else:
        await pair.say(say, about, to=to)
    await pair.work()
    (kept,) = await messages(pair.home)
    assert (str(kept.state), kept.counterpart_name) == ("undeliverable", None)
    ((_, facts),) = await ledger(pair.home, "exchange.undeliverable")
    assert facts == {"kind": kept.kind, "counterpart": to, "number": 1}
    assert pair.heard.came == []
    assert pair.heard.back == ([say] if why != "no such kind" else [])
    for away in await messages(pair.there):
        assert (str(away.state), away.body_sealed) == ("turned_away", b"")
    assert await ledger(pair.there, "education.heard") == []


async def test_a_message_is_told_once_and_both_ledgers_say_so(pair: Pair, about: UUID) -> None:
    id = await pair.say("你好", about)
    assert await states(pair.home) == ["waiting"]
    await pair.work()
    assert await states(pair.home) == ["delivered"]
    assert await states(pair.there) == ["received"]
    assert pair.heard.came == ["你好"]
    assert [row.id for row in await messages(pair.there)] == [id]
    for institution, event, counterpart in (
        (pair.home, "exchange.sent", "haibin"),
        (pair.home, "exchange.delivered", "haibin"),
        (pair.there, "exchange.received", pair.home.tenant.name),
    ):
        ((body, facts),) = await ledger(institution, event)
        assert facts == {"kind": KIND, "counterpart": counterpart, "number": 1}
        assert "你好" not in body
    ((body, facts),) = await ledger(pair.there, "education.heard")
    assert facts == {"say": "你好", "counterpart": "yunling"}
    assert pair.home.tenant.name in body


async def test_an_answer_comes_back_about_the_same_matter(pair: Pair, about: UUID) -> None:
    await pair.say("在吗", about, answer=True)
    while await pair.work():
        pass
    assert pair.heard.came == ["在吗", "answered"]
    assert {(str(row.side), row.number, row.about) for row in await messages(pair.home)} == {
        ("out", 1, about),
        ("in", 1, about),
    }


async def test_what_is_said_is_sealed_for_whoever_keeps_it(pair: Pair, about: UUID) -> None:
    await pair.say("转接", about, identity_number="110101199003070417")
    await pair.work()
    (ours,), (theirs,) = await messages(pair.home), await messages(pair.there)
    assert ours.body_sealed != theirs.body_sealed
    for row in (ours, theirs):
        assert b"1101011990" not in row.body_sealed
        assert len(row.body_sealed) > 20


async def test_what_was_said_is_forgotten_after_its_days(pair: Pair, about: UUID) -> None:
    await pair.say("旧事", about)
    await pair.work()
    platform = pair.home.house.platform
    for days, empty in ((29, False), (2, True)):
        pair.home.house.now += timedelta(days=days)
        await platform.jobs.tick()
        await platform.jobs.run_waiting()
        kept = [*await messages(pair.home), *await messages(pair.there)]
        assert [row.body_sealed == b"" for row in kept] == [empty, empty]


@pytest.mark.parametrize("place", CUTS)
async def test_a_process_lost_at_any_step_tells_nothing_twice_and_loses_nothing(
    pair: Pair, about: UUID, place: str
) -> None:
    await pair.say("一", about)
    await pair.say("二", about)
    async with cut_at(pair.home, place):
        await pair.work()
    assert ("waiting" in await states(pair.home)) is (place != "yunling after")
    for _ in range(4):
        pair.home.house.now += timedelta(minutes=5)
        await pair.work()
    assert await states(pair.home) == ["delivered", "delivered"]
    assert await states(pair.there) == ["received", "received"]
    heard = [facts["say"] for _, facts in await ledger(pair.there, "education.heard")]
    assert heard == ["一", "二"]


@pytest.mark.parametrize("place", ["haibin before", "haibin after", "yunling after"])
async def test_a_refusal_that_was_decided_stays_decided(
    pair: Pair, about: UUID, place: str
) -> None:
    """The plugin is switched on while the sender has yet to hear that it was off."""
    await pair.there.switch("education", False)
    await pair.say("一", about)
    async with cut_at(pair.home, place):
        await pair.work()
    await pair.there.switch("education", True)
    pair.home.house.now += timedelta(minutes=5)
    await pair.work()
    ours, theirs = await states(pair.home), await states(pair.there)
    assert (ours, theirs) in [
        (["delivered"], ["received"]),
        (["undeliverable"], ["turned_away"]),
    ]
    assert (theirs == ["received"]) is (place == "haibin before")


async def test_a_later_message_does_not_overtake(pair: Pair, about: UUID) -> None:
    pair.heard.fail = Cut()
    await pair.say("一", about)
    await pair.work()
    pair.heard.fail = None
    await pair.say("二", about)
    await pair.work()
    assert pair.heard.came == ["一", "二"]
    await pair.say("三", about)
    await pair.work()
    assert pair.heard.came == ["一", "二", "三"]


async def test_within_a_matter_that_both_know_a_switch_lets_messages_wait(
    pair: Pair, about: UUID
) -> None:
    await pair.say("一", about)
    await pair.work()
    await pair.there.switch("education", False)
    await pair.say("二", about)
    await pair.work()
    assert await states(pair.home) == ["delivered", "waiting"]
    await pair.there.switch("education", True)
    pair.home.house.now += timedelta(minutes=5)
    await pair.work()
    assert pair.heard.came == ["一", "二"]
    assert pair.heard.back == []


async def test_what_waits_for_long_is_seen_to_although_its_job_is_dead(
    pair: Pair, about: UUID
) -> None:
    platform = pair.home.house.platform
    pair.heard.fail = Cut()
    await pair.say("一", about)
    for _ in range(20):
        await pair.work()
        pair.home.house.now += timedelta(minutes=70)
    assert await states(pair.home) == ["waiting"]
    pair.heard.fail = None
    await platform.jobs.tick()
    await pair.work()
    await pair.work()
    assert pair.heard.came == ["一"]


async def test_two_workers_at_once_tell_it_once(pair: Pair, about: UUID) -> None:
    platform = pair.home.house.platform
    for number in range(6):
        await pair.say(str(number), about)
    await asyncio.gather(*(Runner(platform, [DELIVER]).run_waiting() for _ in range(3)))
    for _ in range(3):
        pair.home.house.now += timedelta(minutes=5)
        await pair.work()
    heard = [facts["say"] for _, facts in await ledger(pair.there, "education.heard")]
    assert heard == list("012345")


async def test_who_is_just_being_founded_lets_messages_wait(pair: Pair, about: UUID) -> None:
    """The directory knows it first, then it has records, and the top of its tree comes last."""
    platform = pair.home.house.platform
    async with platform.homes.control() as control:
        entry = await tenants.entry_by_code(control, "haibin")
        assert entry is not None
        await tenants.set_state(control, entry.id, FOUNDING)
    platform.directory.forget(entry)
    await pair.say("一", about)
    await pair.work()
    assert await states(pair.home) == ["waiting"]
    await suspend(platform, "haibin", suspended=False)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(taking, "organizations_above", nobody)
        pair.home.house.now += timedelta(minutes=5)
        await pair.work()
    assert await states(pair.home) == ["waiting"]
    pair.home.house.now += timedelta(minutes=50)
    await pair.work()
    assert pair.heard.came == ["一"]
    assert pair.heard.back == []


async def nobody(act: Act, path: str) -> list[Unit]:
    return []
