"""Requests of one moment share what is asked about their credential, but not over a commit."""

import asyncio
from collections.abc import Iterator

import pytest

from zhibu.accounts.service import sessions
from zhibu.errors import Unauthenticated
from zhibu.testing.counting import statements
from zhibu.testing.institutions import Institution
from zhibu.testing.stages import Stage


@pytest.fixture
def lookups() -> Iterator[list[str]]:
    """Every statement, while the test runs."""
    with statements() as seen:
        yield seen


def sessions_in(lookups: list[str]) -> int:
    """How often somebody looked for a session."""
    return sum("FROM core_session" in statement for statement in lookups)


async def test_requests_of_one_moment_ask_once_about_their_session(
    yunling: Institution, edge: Stage, lookups: list[str]
) -> None:
    text, _ = await edge.signed(yunling.tenant, "system")
    edge.later(seconds=3)
    lookups.clear()
    asked = [edge.credentials.authenticate(text, edge.now) for _ in range(8)]
    signed = await asyncio.gather(*asked)
    assert sessions_in(lookups) == 1
    assert all(one == signed[0] for one in signed)


async def test_a_refusal_is_shared_too(yunling: Institution, edge: Stage) -> None:
    text, _ = await edge.signed(yunling.tenant, "system")
    async with edge.using(text) as act:
        await sessions.sign_out(act)
    asked = [edge.credentials.authenticate(text, edge.now) for _ in range(4)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(answer).__mro__[1] for answer in answers] == [Unauthenticated] * 4


async def test_what_was_asked_before_a_commit_does_not_answer_after_it(
    yunling: Institution, edge: Stage, lookups: list[str]
) -> None:
    text, _ = await edge.signed(yunling.tenant, "system")
    edge.later(seconds=3)
    lookups.clear()
    before = asyncio.create_task(edge.credentials.authenticate(text, edge.now))
    await asyncio.sleep(0)
    edge.credentials.changed(yunling.tenant.id)
    await edge.credentials.authenticate(text, edge.now)
    await before
    assert sessions_in(lookups) == 2


async def test_one_who_goes_away_does_not_take_the_answer_from_the_others(
    yunling: Institution, edge: Stage
) -> None:
    text, _ = await edge.signed(yunling.tenant, "system")
    edge.later(seconds=3)
    leaving = asyncio.create_task(edge.credentials.authenticate(text, edge.now))
    await asyncio.sleep(0)
    staying = asyncio.create_task(edge.credentials.authenticate(text, edge.now))
    await asyncio.sleep(0)
    leaving.cancel()
    assert (await staying).tenant.id == yunling.tenant.id
