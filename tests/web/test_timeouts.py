"""What takes too long is ended, and nothing else is."""

import asyncio

import pytest

from zhibu import timeouts
from zhibu.timeouts import Timeouts


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timeouts, "TICK", 0.01)


async def test_what_takes_too_long_is_ended() -> None:
    ended = Timeouts()
    with pytest.raises(TimeoutError), ended.within(0.01):
        await asyncio.Event().wait()
    assert not ended.open


async def test_what_is_done_in_time_is_left_alone_and_forgotten() -> None:
    ended = Timeouts()
    with ended.within(0.01):
        await asyncio.sleep(0)
    await asyncio.sleep(0.05)
    assert not ended.open


async def test_an_error_within_time_stays_what_it_is() -> None:
    with pytest.raises(ValueError, match="no"), Timeouts().within(10):
        raise ValueError("no")


async def test_who_is_cancelled_by_somebody_else_is_cancelled() -> None:
    ended = Timeouts()

    async def work() -> None:
        with ended.within(10):
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not ended.open


async def test_an_inner_end_leaves_the_outer_one_running() -> None:
    ended = Timeouts()
    with ended.within(10):
        with pytest.raises(TimeoutError), ended.within(0.01):
            await asyncio.Event().wait()
        assert len(ended.open) == 1
    assert not ended.open
