"""Plugins listen to what happened, inside the transaction in which it happened."""

from collections.abc import Mapping

from zhibu.act import Act
from zhibu.contributions import Listeners
from zhibu.events.errors import EventsInCircles

DEEPEST = 8


async def hear(act: Act, listeners: Mapping[str, Listeners]) -> None:
    """Tell every plugin that listens of every event of the act, and of what they record in turn.

    A plugin that is off where the event happened is not told; an event without a place is told to
    every plugin that is on anywhere. Raises `EventsInCircles` when answers to answers do not end.
    """
    depths = [0] * len(act.events)
    told = 0
    while told < len(act.events):
        event = act.events[told]
        for plugin, heard in listeners.items():
            listener = heard.by_event.get(event.name)
            if listener is None or not _on(act, plugin, event.path):
                continue
            await listener(act, event)
            answers = len(act.events) - len(depths)
            if answers and depths[told] == DEEPEST:
                raise EventsInCircles(f"{plugin} answers {event.name} {DEEPEST} times over")
            depths += [depths[told] + 1] * answers
        told += 1


def _on(act: Act, plugin: str, path: str | None) -> bool:
    if path is None:
        return act.switches.anywhere(plugin)
    return act.switches.enabled(plugin, path)
