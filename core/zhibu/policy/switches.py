"""Which plugin is on at which organization."""

from collections.abc import Iterable, Mapping
from itertools import count

from zhibu.identifiers import ancestors
from zhibu.policy.principal import checked_path

_versions = count(1)


class Switches:
    """Settings by plugin and path; the nearest one at or above a place wins, and none means off.

    The core is always on. `version` is unique to the instance: what was decided under one set of
    switches is never an answer under another.
    """

    __slots__ = ("_settings", "version")

    def __init__(self, settings: Mapping[str, Mapping[str, bool]]) -> None:
        self._settings = {
            plugin: {checked_path(path): on for path, on in at.items()}
            for plugin, at in settings.items()
        }
        self.version = next(_versions)

    def enabled(self, plugin: str, path: str) -> bool:
        if plugin == "core":
            return True
        settings = self._settings.get(plugin)
        if not settings:
            return False
        return next((settings[above] for above in ancestors(path) if above in settings), False)

    def same_as(self, other: "Switches") -> bool:
        """Whether both say the same of every place."""
        return self._settings == other._settings

    def anywhere(self, plugin: str) -> bool:
        """Whether the plugin belongs into the tenant's schema at all."""
        return plugin == "core" or any(self._settings.get(plugin, {}).values())

    def paths(self, plugin: str) -> Iterable[str]:
        """Where the plugin has a setting of its own."""
        return self._settings.get(plugin, {}).keys()
