"""Random walks through the product and a small model of it at once: both must allow the same."""

import asyncio
import os
from abc import abstractmethod
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)
from tests.models.inline import InlineHome

from zhibu.act import Act, Caller
from zhibu.errors import Refused, Unavailable, ZhibuError
from zhibu.storage.fixed import Fixed
from zhibu.storage.homes.sqlite import SqliteHome
from zhibu.testing.house import Institution

LENGTH = 50  # steps of one walk
TIMES = float(os.environ.get("TEST_STEPS", "1"))  # as many steps as usual, times this

T = TypeVar("T")


class Walk(RuleBasedStateMachine):
    """One walk. Every act draws what it needs and ends in `same`: that is a step.

    There is one rule, which draws the act: of many rules hypothesis switches most off in each walk,
    and a meeting is never held at which somebody votes.
    """

    def __init__(self, tally: Counter[str]) -> None:
        super().__init__()
        self.tally = tally

    @initialize(data=st.data())
    def first(self, data: st.DataObject) -> None:
        self.begin(data.draw)

    @rule(data=st.data())
    def next(self, data: st.DataObject) -> None:
        act: Callable[[Any], None] = getattr(self, data.draw(st.sampled_from((*self.likely(),))))
        act(data.draw)

    @abstractmethod
    def begin(self, draw: Any) -> None:
        """The first act of every walk."""

    @abstractmethod
    def likely(self) -> Sequence[str]:
        """The names of acts, each as often as it is likely where the model stands."""

    def same(self, what: str, expected: object, found: object) -> None:
        """A step: the model expected this of it, and the product did that."""
        self.tally[f"{what} {expected}"] += 1
        assert found == expected, what


def walk(make: Callable[[Counter[str]], Walk], steps: int) -> Counter[str]:
    """Take at least so many steps, the same ones every time; how often each ended how."""
    tally: Counter[str] = Counter()
    wanted = int(steps * TIMES)
    for number in count():
        more = wanted - tally.total()
        if more <= 0:
            return tally
        _go(lambda: make(tally), more // LENGTH + 2, number, shrink=True)
    raise AssertionError


def finds(make: Callable[[Counter[str]], Walk], steps: int) -> bool:
    """Whether walks of so many steps come upon a disagreement."""
    tally: Counter[str] = Counter()
    try:
        for number in range(4):
            _go(lambda: make(tally), steps // LENGTH // 4 + 3, number, shrink=False)
    except AssertionError:
        return True
    return False


def _go(make: Callable[[], Walk], walks: int, number: int, *, shrink: bool) -> None:
    run_state_machine_as_test(
        seed(number)(make),
        settings=settings(
            max_examples=walks,
            stateful_step_count=LENGTH,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink] if shrink else [Phase.generate],
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )


@dataclass
class World:
    """An institution whose acts are done one after the other, by whoever is named."""

    institution: Institution
    loop: asyncio.AbstractEventLoop
    callers: dict[str, Caller] = field(default_factory=dict)

    def run(self, work: Awaitable[T]) -> T:
        return self.loop.run_until_complete(_done(work))

    def meet(self) -> None:
        """Know everybody who has an account by now."""
        house = self.institution.house
        for login, credential in self.institution.credentials.items():
            signed = self.run(house.platform.credentials.authenticate(credential, house.now))
            self.callers[login] = signed.caller

    def may(self, who: str, use: Callable[[Act], Awaitable[T]]) -> T | None:
        """What the act yields, or None: what the product refuses, it refuses by name."""
        try:
            return self.run(self._act(who, use))
        except Unavailable:
            raise
        except (Refused, ZhibuError):
            return None

    @property
    def on_disk(self) -> bool:
        """Whether the institution is a file, of which `in_memory` makes a copy."""
        return isinstance(self.institution.house.platform.homes.default, SqliteHome)

    def forget(self) -> bool:
        """Begin anew, where that costs nothing; whether it was so."""
        home = self.institution.house.platform.homes.default
        if isinstance(home, InlineHome):
            home.forget()
        return isinstance(home, InlineHome)

    def rows(self, asked: Fixed, **values: Any) -> list[Any]:
        """What stands in the database."""
        tenant = self.institution.tenant.id
        home = self.institution.house.platform.homes.home(tenant)
        compiled = asked.on(home.name)
        sent = [(compiled.sql, compiled.bound({"tenant": tenant, **values}))]
        [found] = self.run(home.read(tenant, sent))
        return compiled.rows(found)

    @contextmanager
    def in_memory(self) -> Iterator[None]:
        """The same institution, without a disk to wait for; what is done then is forgotten."""
        homes = self.institution.house.platform.homes
        home = homes.default
        assert isinstance(home, SqliteHome)
        copy = InlineHome(home, self.institution.tenant.id)
        homes._default = copy  # type: ignore[assignment]  # it stands in for one
        try:
            yield
        finally:
            homes._default = home
            self.run(copy.close())

    async def _act(self, who: str, use: Callable[[Act], Awaitable[T]]) -> T:
        house = self.institution.house
        caller = self.callers[who]
        principal = caller.principal
        today = house.now.astimezone(self.institution.tenant.zone).date()
        if principal.today != today:
            caller = replace(caller, principal=replace(principal, today=today))
        async with house.platform.act(
            self.institution.tenant, caller, now=house.now, request_id="test"
        ) as act:
            return await use(act)


async def _done(work: Awaitable[T]) -> T:
    return await work
