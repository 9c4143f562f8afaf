"""Finding plugins. Built-in and third-party ones arrive by the same door: an entry point."""

from collections.abc import Collection
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import pluggy

from zhibu import hookspecs
from zhibu.actions import Action
from zhibu.contributions import (
    Due,
    Exchange,
    Figure,
    Graph,
    Listeners,
    Locale,
    Migrations,
    Parameters,
    Procedures,
    Sheet,
    Verifiable,
)
from zhibu.errors import PluginError
from zhibu.jobs.work import Schedule, Work

GROUP = "zhibu.plugins"


class Plugins:
    """The plugins of one running platform. Built once at start-up, passed to whoever needs it."""

    def __init__(self, modules: dict[str, object]) -> None:
        self._manager = pluggy.PluginManager("zhibu")
        self._manager.add_hookspecs(hookspecs)
        for name in sorted(modules):
            self._manager.register(modules[name], name)
        self._manager.check_pending()

    @property
    def names(self) -> list[str]:
        return sorted(name for name, _ in self._manager.list_name_plugin())

    def module(self, name: str) -> object:
        return self._manager.get_plugin(name)

    def actions(self) -> list[Action]:
        return [action for _, part in self._ask("actions") for action in part]

    def grants(self) -> list[tuple[str, str]]:
        return self._ask("grants")

    def migrations(self) -> dict[str, Migrations]:
        return dict(self._ask("migrations"))

    def graphs(self) -> dict[str, Graph]:
        return dict(self._ask("graph"))

    def parameters(self) -> dict[str, Parameters]:
        return dict(self._ask("parameters"))

    def procedures(self) -> dict[str, Procedures]:
        return dict(self._ask("procedures"))

    def figures(self) -> dict[str, list[Figure]]:
        return dict(self._ask("figures"))

    def due(self) -> dict[str, list[Due]]:
        return dict(self._ask("due"))

    def sheets(self) -> dict[str, list[Sheet]]:
        return dict(self._ask("sheets"))

    def works(self) -> dict[str, list[Work]]:
        return dict(self._ask("works"))

    def schedules(self) -> dict[str, list[Schedule]]:
        return dict(self._ask("schedules"))

    def exchanges(self) -> dict[str, list[Exchange]]:
        return dict(self._ask("exchanges"))

    def verifiables(self) -> dict[str, list[Verifiable]]:
        return dict(self._ask("verifiables"))

    def listeners(self) -> dict[str, Listeners]:
        return dict(self._ask("listeners"))

    def locales(self) -> dict[str, Locale]:
        return dict(self._ask("locale"))

    def _ask(self, hook: str) -> list[tuple[str, Any]]:
        """One answer per plugin, in name order. Pluggy's own order is last-registered first."""
        impls = getattr(self._manager.hook, hook).get_hookimpls()
        return [(i.plugin_name, i.function()) for i in sorted(impls, key=lambda i: i.plugin_name)]


def discover(enabled: Collection[str] | None = None) -> Plugins:
    """Load the enabled plugins, or every installed one when nothing is said.

    Raises `PluginError` when two share a name, one is missing, or one cannot be imported.
    """
    points = entry_points(group=GROUP)
    found = {point.name: point for point in points}
    if len(found) < len(points):
        raise PluginError(names=sorted(point.name for point in points), fault="two share a name")
    wanted = set(found) if enabled is None else set(enabled)
    if missing := wanted - set(found):
        raise PluginError(missing=sorted(missing), installed=sorted(found))
    return Plugins({name: _load(found[name]) for name in wanted})


def _load(point: EntryPoint) -> object:
    try:
        return point.load()
    except ImportError as error:
        raise PluginError(plugin=point.name, fault=str(error)) from error
