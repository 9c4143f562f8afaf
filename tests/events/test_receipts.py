"""A mutation with an idempotency key is done once."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from zhibu.events import receipts
from zhibu.events.errors import IdempotencyKeyReused
from zhibu.identifiers import new_id
from zhibu.storage.homes import Homes

NOW = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
ACCOUNT = new_id()


class Counter:
    """A mutation that would be done twice if receipts did not work."""

    def __init__(self, homes: Homes, tenant_id: UUID) -> None:
        self.homes, self.tenant_id, self.done = homes, tenant_id, 0
        self.begun = asyncio.Event()

    async def ask(
        self,
        key: str = "k",
        *,
        account: UUID = ACCOUNT,
        mutation: str = "credit_record",
        digest: bytes = b"1",
        now: datetime = NOW,
        fails: bool = False,
    ) -> dict:
        session_of = self.homes.home(self.tenant_id).act(self.tenant_id)
        async with session_of as session:
            named = (session, self.tenant_id, account, key, mutation, digest)
            known = await receipts.recall(*named, now)
            if known is not None:
                return known
            self.begun.set()
            await asyncio.sleep(0.05)
            if fails:
                raise ZeroDivisionError
            self.done += 1
            answer = {"row": f"{self.done}"}
            await receipts.keep(*named, answer, now)
            return answer


@pytest.fixture
def counter(homes: Homes, tenant_id: UUID) -> Counter:
    return Counter(homes, tenant_id)


@pytest.mark.parametrize("other", [{"digest": b"2"}, {"mutation": "credit_void"}])
async def test_the_same_key_with_something_else_is_refused(counter: Counter, other: dict) -> None:
    await counter.ask()
    with pytest.raises(IdempotencyKeyReused):
        await counter.ask(**other)
    assert counter.done == 1


async def test_the_same_key_again_answers_the_same(counter: Counter) -> None:
    assert await counter.ask() == await counter.ask() == {"row": "1"}
    assert counter.done == 1


async def test_another_key_or_account_is_another_act(counter: Counter) -> None:
    answers = [await counter.ask("a"), await counter.ask("b"), await counter.ask(account=new_id())]
    assert answers == [{"row": "1"}, {"row": "2"}, {"row": "3"}]


async def test_of_duplicates_at_the_same_time_one_is_done_and_all_answer_alike(
    counter: Counter,
) -> None:
    answers = await asyncio.gather(*(counter.ask() for _ in range(4)))
    assert answers == [{"row": "1"}] * 4
    assert counter.done == 1


async def test_a_duplicate_takes_over_when_the_first_one_fails(counter: Counter) -> None:
    first = asyncio.create_task(counter.ask(fails=True))
    await counter.begun.wait()
    assert await counter.ask() == {"row": "1"}
    assert isinstance(first.exception(), ZeroDivisionError)


async def test_a_receipt_counts_for_seven_days(counter: Counter) -> None:
    await counter.ask()
    await counter.ask(now=NOW + timedelta(days=6, hours=23))
    assert counter.done == 1
    await counter.ask(now=NOW + timedelta(days=8), digest=b"2")
    assert counter.done == 2


async def test_swept_receipts_are_gone(counter: Counter, homes: Homes, tenant_id: UUID) -> None:
    await counter.ask()
    async with homes.home(tenant_id).act(tenant_id) as session:
        await receipts.sweep(session, tenant_id, NOW + timedelta(days=8))
    await counter.ask(digest=b"2")
    assert counter.done == 2
