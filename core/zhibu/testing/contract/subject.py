"""The plugin under examination: where it is installed, what it declares and what it hands over."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from zhibu.contributions import Migrations
from zhibu.plugins import GROUP, Plugins
from zhibu.testing.contract.sources import Source

PREFIX = "zhibu_"
_REQUIRED = re.compile(r"[A-Za-z0-9._-]+")


class NotInstalled(Exception):
    """No plugin of this name is installed."""


@dataclass(frozen=True)
class Subject:
    """A plugin by its entry point; nothing of it is imported before `module` is asked for."""

    point: EntryPoint

    @classmethod
    def of(cls, name: str) -> "Subject":
        found = [*entry_points(group=GROUP, name=name)]
        if len(found) != 1:
            raise NotInstalled(f"{len(found)} plugins of the name {name} are installed")
        return cls(found[0])

    @property
    def name(self) -> str:
        return self.point.name

    @property
    def package(self) -> str:
        return self.point.value.partition(".")[0]

    @property
    def distribution(self) -> str:
        return self.point.dist.name if self.point.dist else ""

    @property
    def noun(self) -> str:
        """What the fields it adds to the schema begin with: `flowMember` for `flow_members`."""
        first, *rest = self.name.removesuffix("s").split("_")
        return first + "".join(part.capitalize() for part in rest)

    @cached_property
    def folder(self) -> Path:
        spec = find_spec(self.package)
        if spec is None or not spec.submodule_search_locations:
            raise NotInstalled(f"{self.package} is not a package")
        return Path(next(iter(spec.submodule_search_locations)))

    @cached_property
    def sources(self) -> list[Source]:
        """Its modules without the migrations."""
        return [source for source in self._all if source.part != "migrations"]

    @cached_property
    def migrations(self) -> list[Source]:
        return [
            source
            for source in self._all
            if source.part == "migrations" and source.file.stem != "__init__"
        ]

    @cached_property
    def _all(self) -> list[Source]:
        return [Source.read(file, self.folder) for file in sorted(self.folder.rglob("*.py"))]

    @cached_property
    def requires(self) -> frozenset[str]:
        """The distributions it declares, as package names (`zhibu_education`)."""
        declared = (self.point.dist.requires if self.point.dist else None) or []
        found = (_REQUIRED.match(line) for line in declared if "extra ==" not in line)
        return frozenset(re.sub(r"[-.]", "_", name[0]).lower() for name in found if name)

    @cached_property
    def module(self) -> ModuleType:
        loaded = self.point.load()
        assert isinstance(loaded, ModuleType)
        return loaded

    def alone(self) -> Plugins:
        """The plugin with what it needs, and nothing else that may be installed."""
        return Plugins({name: Subject.of(name).module for name in (self.name, *self.needs)})

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """The siblings it needs, and what those need."""
        found: dict[str, None] = {}
        for sibling in self._declared():
            found.update(dict.fromkeys((*Subject.of(sibling).needs, sibling)))
        return tuple(found)

    @cached_property
    def siblings(self) -> dict[str, str]:
        """Every other installed plugin: package → name."""
        points = entry_points(group=GROUP)
        return {_package(point): point.name for point in points if point.name != self.name}

    def _declared(self) -> Iterator[str]:
        yield from (p.name for p in entry_points(group=GROUP) if _package(p) in self.requires)
        history = getattr(self.module, "migrations", None)
        given = history() if callable(history) else None
        if isinstance(given, Migrations):
            yield from (name for name in given.after if name != "core")


def _package(point: EntryPoint) -> str:
    return point.value.partition(".")[0]
