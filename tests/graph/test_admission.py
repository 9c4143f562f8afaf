"""Beyond what can be served the rest is sent away at once; who is served has a limited time."""

import asyncio
from typing import Any

import pytest

from zhibu.graph import admission
from zhibu.graph.admission import Crowd, Door
from zhibu.graph.errors import AnswerTooSlow, Overloaded
from zhibu.settings import Settings
from zhibu.testing.house import House, Institution

LONG = 60.0


@pytest.fixture
def settings(sqlite_settings: Settings) -> Settings:
    return sqlite_settings


async def test_so_many_are_served_at_once_and_the_others_in_turn() -> None:
    door, served = Door(2), []

    async def ask(name: int, ready: asyncio.Event) -> None:
        async with door.turn(LONG):
            served.append(name)
            await ready.wait()

    ready = [asyncio.Event() for _ in range(4)]
    asking = [asyncio.create_task(ask(number, each)) for number, each in enumerate(ready)]
    await asyncio.sleep(0)
    assert (served, door.waiting) == ([0, 1], 2)
    ready[1].set()
    await asking[1]
    await asyncio.sleep(0)
    assert (served, door.waiting) == ([0, 1, 2], 1)
    for each in ready:
        each.set()
    await asyncio.gather(*asking)
    assert served == [0, 1, 2, 3]


async def test_who_could_not_be_served_soon_is_sent_away_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 0.0
    monkeypatch.setattr(admission, "monotonic", lambda: now)
    door = Door(1, wait=1.0, patience=LONG)
    await door.enter()
    waiting = [asyncio.create_task(door.enter()) for _ in range(40)]
    await asyncio.sleep(0)
    assert door.waiting == 40  # nothing is known of it yet
    for _ in range(38):
        now += 0.4  # the line moves once in so many seconds
        door.leave()
    assert door.waiting == 2
    with pytest.raises(Overloaded):
        await door.enter()
    now += 0.4
    door.leave()
    late = asyncio.create_task(door.enter())
    await asyncio.sleep(0)
    assert door.waiting == 2  # two turns are to be expected within the second
    for task in (*waiting, late):
        task.cancel()
    await asyncio.gather(*waiting, late, return_exceptions=True)


async def test_while_the_line_stands_still_it_grows_no_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 0.0
    monkeypatch.setattr(admission, "monotonic", lambda: now)
    door = Door(1, wait=1.0, patience=LONG)
    await door.enter()
    waiting = [asyncio.create_task(door.enter()) for _ in range(8)]
    await asyncio.sleep(0)
    for _ in range(4):
        now += 0.1
        door.leave()
    late = asyncio.create_task(door.enter())
    await asyncio.sleep(0)
    assert door.waiting == 5  # a tenth of a second each, the last half of them
    now += 0.6
    with pytest.raises(Overloaded):
        await door.enter()  # nobody has left for so long
    for task in (*waiting, late):
        task.cancel()
    await asyncio.gather(*waiting, late, return_exceptions=True)


async def test_who_has_waited_long_enough_is_sent_away_and_takes_no_place() -> None:
    door = Door(1, patience=0.01)
    await door.enter()
    with pytest.raises(Overloaded):
        await door.enter()
    door.leave()
    await door.enter()


async def test_who_goes_away_leaves_the_turn_to_the_next() -> None:
    door = Door(1, patience=LONG)
    await door.enter()
    gone, next_ = asyncio.create_task(door.enter()), asyncio.create_task(door.enter())
    await asyncio.sleep(0)
    door.leave()  # it is the turn of the one who goes away before hearing of it
    gone.cancel()
    await asyncio.gather(gone, return_exceptions=True)
    await asyncio.wait_for(next_, LONG)


async def test_an_answer_that_takes_too_long_is_given_up() -> None:
    door = Door(1)
    with pytest.raises(AnswerTooSlow):
        async with door.turn(0.01):
            await asyncio.sleep(LONG)
    with pytest.raises(TimeoutError, match="own"):
        async with door.turn(LONG):
            raise TimeoutError("its own")
    await door.enter()


async def test_overload_is_503_for_requests_and_nothing_for_the_health_check(
    institution: Institution,
) -> None:
    house = institution.house
    house.platform.door = Door(1, patience=0.0)
    await house.platform.door.enter()
    answer = await house.client.post(
        "/graphql",
        json={"query": "{ viewer { name } }"},
        headers={"authorization": f"Bearer {institution.credentials['officer']}"},
    )
    assert answer.status_code == 503
    assert answer.headers["retry-after"].isdigit()
    assert answer.json()["errors"][0]["extensions"]["error"] == "core.overloaded"
    # Those who are about to sign in have a door of their own.
    assert (await house.ask("{ __typename }"))["data"]
    assert (await house.client.get("/healthz")).status_code == 200


async def test_when_too_many_are_here_the_next_is_sent_away_unread(house: House) -> None:
    endpoint = house.app.endpoint  # type: ignore[attr-defined]
    endpoint.crowd = Crowd(0)

    async def receive() -> Any:
        raise AssertionError("nothing of the request is read")

    answers: list[Any] = []

    async def send(message: Any) -> None:
        answers.append(message)

    for path, method in (("/graphql", "POST"), ("/files", "POST"), ("/explorer", "GET")):
        scope = {"type": "http", "path": path, "method": method, "headers": []}
        await house.app(scope, receive, send)
    assert [each["status"] for each in answers[::2]] == [503] * 3
    assert all((b"retry-after", b"2") in each["headers"] for each in answers[::2])
    assert (await house.client.get("/healthz")).status_code == 200
