"""Listeners hear what happened within the act in which it happened."""

from collections.abc import Sequence
from typing import Any

import pytest

from zhibu.act import Act, Event
from zhibu.contributions import Listeners
from zhibu.events.errors import EventsInCircles
from zhibu.events.listening import DEEPEST, hear
from zhibu.policy import Switches
from zhibu.testing.register import Register


def happened(name: str, path: str | None = "1.2.") -> Event:
    return Event(name=name, subject=("Member", None), path=path)


class Ear:
    """A listener that remembers what it heard, and answers with an event if it is told to."""

    def __init__(self, answer: str | None = None) -> None:
        self.heard: list[str] = []
        self.answer = answer
        self.calls = 0

    async def __call__(self, act: Act, events: Sequence[Event]) -> None:
        self.calls += 1
        self.heard += [event.name for event in events]
        if self.answer:
            act.record(happened(self.answer))


async def told(register: Register, listeners: dict[str, Any], *events: Event) -> list[str]:
    async with register.act() as act:
        act.switches = Switches({"dues": {"1.": True, "1.3.": False}, "cards": {"1.2.": True}})
        for event in events:
            act.record(event)
        heard = {name: Listeners(by_event=by_event) for name, by_event in listeners.items()}
        await hear(act, heard)
        return [event.name for event in act.events]


async def test_listeners_that_answer_each_other_without_end_are_stopped(register: Register) -> None:
    listeners = {"dues": {"a.b": Ear("a.c")}, "cards": {"a.c": Ear("a.b")}}
    with pytest.raises(EventsInCircles, match=r"a\.[bc]"):
        await told(register, listeners, happened("a.b"))


async def test_a_plugin_hears_nothing_where_it_is_off(register: Register) -> None:
    dues, cards = Ear(), Ear()
    listeners = {"dues": {"a.b": dues}, "cards": {"a.b": cards}}
    await told(register, listeners, happened("a.b", "1.3.1."), happened("a.b", "1.2."))
    assert dues.heard == ["a.b"]
    assert cards.heard == ["a.b"]


async def test_an_event_without_a_place_reaches_every_plugin_that_is_on_anywhere(
    register: Register,
) -> None:
    cards, absent = Ear(), Ear()
    await told(
        register, {"cards": {"a.b": cards}, "absent": {"a.b": absent}}, happened("a.b", None)
    )
    assert (cards.heard, absent.heard) == (["a.b"], [])


async def test_what_a_listener_records_is_heard_and_kept_too(register: Register) -> None:
    dues, cards = Ear("a.c"), Ear()
    names = await told(
        register, {"dues": {"a.b": dues}, "cards": {"a.c": cards}}, happened("a.b"), happened("a.d")
    )
    assert names == ["a.b", "a.d", "a.c"]
    assert cards.heard == ["a.c"]


async def test_events_of_one_name_are_told_together(register: Register) -> None:
    dues = Ear()
    await told(register, {"dues": {"a.b": dues}}, *(happened("a.b") for _ in range(30)))
    assert (dues.calls, len(dues.heard)) == (1, 30)


async def test_two_listeners_may_both_answer_one_event(register: Register) -> None:
    listeners = {"dues": {"a.b": Ear("a.c")}, "cards": {"a.b": Ear("a.d")}}
    assert await told(register, listeners, happened("a.b")) == ["a.b", "a.c", "a.d"]


async def test_answers_that_end_with_the_last_round_are_all_heard(register: Register) -> None:
    ears = {f"a.{number}": Ear(f"a.{number + 1}") for number in range(DEEPEST - 1)}
    last = Ear()
    listeners = {"dues": {**ears, f"a.{DEEPEST - 1}": last}}
    assert len(await told(register, listeners, happened("a.0"))) == DEEPEST
    assert last.calls == 1
