"""Plugins listen to what happened, inside the transaction in which it happened."""

from collections.abc import Mapping

from zhibu.act import Act, Event
from zhibu.contributions import Listeners
from zhibu.events.errors import EventsInCircles
from zhibu.tenants.public import PLUGIN_SWITCHED

DEEPEST = 8


async def hear(act: Act, listeners: Mapping[str, Listeners]) -> None:
    """Tell every plugin that listens of the act's events, and of what they record in turn.

    Events of one name are told together: an import records thousands. A plugin that is off where
    an event happened is not told of it, but it is told when it is switched on there, and can make
    up for what it missed; an event without a place is told to every plugin that is on anywhere.
    Raises `EventsInCircles` when answers to answers do not end.
    """
    told = 0
    for _ in range(DEEPEST):
        fresh = act.events[told:]
        if not fresh:
            return
        told = len(act.events)
        by_name: dict[str, list[Event]] = {}
        for event in fresh:
            by_name.setdefault(event.name, []).append(event)
        for name, events in by_name.items():
            for plugin, heard in listeners.items():
                listener = heard.by_event.get(name)
                told_of = [event for event in events if _on(act, plugin, event)]
                if listener is not None and told_of:
                    await listener(act, told_of)
    if act.events[told:]:
        raise EventsInCircles(f"{act.events[told].name} is answered {DEEPEST} times over")


def _on(act: Act, plugin: str, event: Event) -> bool:
    if event.name == PLUGIN_SWITCHED and event.facts["plugin"] == plugin:
        return event.facts["enabled"] is True  # the act still carries the switches from before
    if event.path is None:
        return act.switches.anywhere(plugin)
    return act.switches.enabled(plugin, event.path)
