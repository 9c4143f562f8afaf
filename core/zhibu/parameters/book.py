"""The parameters of one tenant: asked for a name, a place and a day, they cite their source."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from zhibu.basis import Basis
from zhibu.identifiers import ancestors
from zhibu.parameters.definitions import Definition, in_words


@dataclass(frozen=True, kw_only=True)
class InForce:
    """An override that was not withdrawn: a value at a place and below it, from a date."""

    id: UUID
    name: str
    path: str
    since: date
    value: Any
    reason: str
    document: str | None = None
    article: str | None = None
    clause: str | None = None
    pack: str | None = None


@dataclass(frozen=True, kw_only=True)
class Value:
    """What holds at a place on a day. `path` is where the override stands, "" for the national."""

    name: str
    value: Any
    unit: str
    basis: Basis
    since: date
    source: Literal["national", "override"]
    verified: str
    path: str = ""
    inclusive: bool | None = None
    note: str | None = None
    reason: str | None = None


class Book:
    """Definitions and one tenant's overrides. Immutable: a change makes another book."""

    def __init__(
        self, definitions: Mapping[str, Definition], overrides: Iterable[InForce] = ()
    ) -> None:
        self.definitions = definitions
        self.overrides = tuple(overrides)
        self._at: dict[str, dict[str, list[InForce]]] = {}
        for override in sorted(self.overrides, key=lambda found: found.since):
            if override.name in definitions:  # its plugin may have been uninstalled
                places = self._at.setdefault(override.name, {})
                places.setdefault(override.path, []).append(override)
        self._known: dict[tuple[str, str, date], Value] = {}

    def value(self, name: str, path: str, on: date) -> Value:
        """The value at or above the place that is nearest and, there, the latest by that day.

        Before the first national value, that first one is meant: a record from earlier days is
        judged by the oldest rule we know. Raises `KeyError` for a name nobody defines.
        """
        key = (name, path, on)
        found = self._known.get(key)
        if found is None:
            found = self._decide(self.definitions[name], path, on)
            if len(self._known) < 20_000:  # a long scan over days must not fill the memory
                self._known[key] = found
        return found

    def exact(self, name: str, path: str, on: date) -> Decimal | None:
        value = self.value(name, path, on).value
        return None if value is None else Decimal(value)

    def whole(self, name: str, path: str, on: date) -> int | None:
        value = self.value(name, path, on).value
        return None if value is None else int(value)

    def yes(self, name: str, path: str, on: date) -> bool:
        return self.value(name, path, on).value is True

    def choices(self, name: str, path: str, on: date) -> tuple[str, ...]:
        return tuple(self.value(name, path, on).value or ())

    def values(self, path: str, on: date) -> list[Value]:
        """Every parameter at a place on a day, by name."""
        return [self.value(name, path, on) for name in sorted(self.definitions)]

    def wholes(self, name: str, path: str, on: date) -> tuple[int, ...]:
        return tuple(self.value(name, path, on).value or ())

    def regions(self, name: str, on: date) -> list[Value]:
        """Every value in force somewhere that day, the deepest place first, the national one last.

        Whoever decides about many places at once takes the first whose `path` they lie under.
        """
        definition = self.definitions[name]
        paths = sorted(self._at.get(name, ()), key=lambda path: (-len(path), path))
        found = [(path, self._decide(definition, path, on)) for path in paths]
        own = [value for path, value in found if value.path == path]
        return [*own, self._decide(definition, "", on)]

    def and_also(self, override: InForce) -> "Book":
        """The book once that override was written."""
        return Book(self.definitions, [*self.overrides, override])

    def without(self, id: UUID) -> "Book":
        """The book once that override was withdrawn."""
        return Book(self.definitions, [each for each in self.overrides if each.id != id])

    def _decide(self, definition: Definition, path: str, on: date) -> Value:
        national = definition.values[
            max(0, bisect_right(definition.values, on, key=lambda found: found.since) - 1)
        ]
        places = self._at.get(definition.name, {})
        for place in ancestors(path) if places else ():
            listed = places.get(place, [])
            count = bisect_right(listed, on, key=lambda found: found.since)
            if count:
                return _overridden(definition, listed[count - 1], national.inclusive)
        return Value(
            name=definition.name,
            value=national.value,
            unit=definition.unit,
            basis=definition.basis(national),
            since=national.since,
            source="national",
            verified=national.verified,
            inclusive=national.inclusive,
            note=national.note or definition.note,
        )


def _overridden(definition: Definition, override: InForce, inclusive: bool | None) -> Value:
    return Value(
        name=definition.name,
        value=override.value,
        unit=definition.unit,
        basis=Basis(
            document=override.document or "本单位规定",
            article=override.article or override.reason,
            clause=override.clause,
            since=override.since,
            value=in_words(override.value, definition.unit),
        ),
        since=override.since,
        source="override",
        verified="U",
        path=override.path,
        inclusive=inclusive,
        reason=override.reason,
    )
