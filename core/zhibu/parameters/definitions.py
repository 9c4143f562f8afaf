"""What parameters there are: their kinds, their national values by date, and who says so."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path
from typing import Any

from zhibu import documents
from zhibu.basis import Basis
from zhibu.errors import PluginError
from zhibu.organizations.rules import Kind as OrganizationKind
from zhibu.organizations.rules import PostKind
from zhibu.parameters.units import UNITS
from zhibu.procedures.rules import wellformed

CORE = Path(__file__).parent

MARKS = ("V1", "V2", "V3", "U")
_NEEDED = {"kind", "unit", "zh", "en", "values"}
_KNOWN = _NEEDED | {"choices", "inclusive", "note", "permission"}
_NEEDED_OF_VALUE = {"value", "document", "article", "verified"}
_KNOWN_OF_VALUE = _NEEDED_OF_VALUE | {"clause", "note", "inclusive"}
_KINDS = frozenset(kind.value for kind in OrganizationKind)
_POSTS = frozenset(post.value for post in PostKind)


class Kind(StrEnum):
    """What a value may be. Decimals are written as text or whole numbers, never as floats."""

    EXACT = "exact"
    WHOLE = "whole"
    WHOLES = "wholes"
    YES_NO = "yes_no"
    CHOICE = "choice"
    CHOICES = "choices"
    CATALOGUE = "catalogue"
    PROCEDURE = "procedure"


@dataclass(frozen=True, kw_only=True)
class National:
    """A value from a date on. `inclusive` says whether the number itself is within (A-19)."""

    since: date
    value: Any
    document: str
    article: str
    verified: str
    clause: str | None = None
    note: str | None = None
    inclusive: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A parameter. `values` are in order of their dates; `options` limit a choice where given.

    `permission` names the action that setting it takes where that is not the usual one.
    """

    name: str
    kind: Kind
    unit: str
    zh: str
    en: str
    values: tuple[National, ...]
    options: tuple[str, ...] = ()
    note: str | None = None
    permission: str | None = None

    def description(self, locale: str) -> str:
        return self.en if locale == "en" else self.zh

    def basis(self, national: National) -> Basis:
        return Basis(
            document=national.document,
            article=national.article,
            clause=national.clause,
            since=national.since,
            value=in_words(national.value, self.unit),
        )


def in_words(value: Any, unit: str) -> str:
    """`"32 学时"`: the value as the basis of a decision shows it."""
    match value:
        case None:
            return "未设定"
        case bool():
            return "是" if value else "否"
        case {"steps": steps}:
            return " → ".join(step["zh"] for step in steps)
        case list() | tuple() if unit == "share":
            return "/".join(map(str, value))
        case list() | tuple():
            words = (entry["zh"] if isinstance(entry, dict) else str(entry) for entry in value)
            counted = f" {UNITS[unit]}" if unit in UNITS else ""
            return "、".join(words) + counted
        case int() if unit == "fen":
            return f"{(Decimal(value) / 100).normalize():f} {UNITS[unit]}"
        case _:
            return f"{value} {UNITS[unit]}" if unit in UNITS else str(value)


def load(folders: Mapping[str, Path], *more: tuple[str, Path]) -> dict[str, Definition]:
    """Every parameter in the `*.yaml` of each plugin's folder, and of those that are more.

    Raises `PluginError` with every fault of every file in one go.
    """
    found: dict[str, Definition] = {}
    faults: list[str] = []
    for plugin, folder in (*folders.items(), *more):
        for file in sorted(folder.glob("*.yaml")):
            given = documents.loads(file.read_text("utf-8")) or {}
            for name, said in given.items():
                own = [*_faults(plugin, name, said)]
                if name in found:
                    own.append("is defined twice")
                if not own:
                    found[name] = _definition(name, said)
                faults += [f"{file.name}: {name} {fault}" for fault in own]
    if faults:
        raise PluginError(fault="; ".join(faults))
    return found


def fault_of(kind: Kind, options: tuple[str, ...], value: Any) -> str | None:
    """Why a value does not fit its kind, or None. Null means "not set" and fits every kind."""
    if value is None:
        return None
    fits: dict[Kind, Callable[[Any], bool]] = {
        Kind.EXACT: _is_exact,
        Kind.WHOLE: _is_whole,
        Kind.WHOLES: lambda v: _is_list(v, int) and all(map(_is_whole, v)) and _differ(v),
        Kind.YES_NO: lambda v: isinstance(v, bool),
        Kind.CHOICE: lambda v: isinstance(v, str) and (not options or v in options),
        Kind.CHOICES: lambda v: _is_list(v, str) and (not options or set(v) <= set(options)),
        Kind.CATALOGUE: lambda v: _is_list(v, dict) and _codes_differ(v),
    }
    if kind is Kind.PROCEDURE:
        return "; ".join(procedure_faults(value)) or None
    return None if fits[kind](value) else f"is not of the kind {kind}"


def procedure_faults(value: Any) -> Iterator[str]:
    """What is wrong with a value as the steps of a procedure."""
    return wellformed.faults(value, _KINDS, _POSTS)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _differ(values: list[int]) -> bool:
    return len(set(values)) == len(values)


def _is_exact(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        return False
    try:
        number = Decimal(value)
    except InvalidOperation:
        return False
    return number.is_finite() and number >= 0 and number * 100 == (number * 100).to_integral_value()


def _is_list(value: Any, of: type) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, of) for each in value)


def _codes_differ(entries: list[dict[str, Any]]) -> bool:
    named = all(isinstance(e.get(key), str) for e in entries for key in ("code", "zh", "en"))
    return named and len({entry["code"] for entry in entries}) == len(entries)


def _faults(plugin: str, name: str, said: Any) -> Iterator[str]:
    if not str(name).startswith(f"{plugin}."):
        yield f"does not begin with {plugin}."
    if not isinstance(said, dict):
        yield "is not a mapping"
        return
    yield from (f"lacks {key}" for key in sorted(_NEEDED - set(said)))
    yield from (f"has an unknown key {key}" for key in sorted(set(said) - _KNOWN))
    if said.get("kind") not in list(Kind):
        yield f"is of an unknown kind {said.get('kind')}"
        return
    if said["kind"] in (Kind.EXACT, Kind.WHOLE, Kind.WHOLES) and said.get("unit") not in UNITS:
        yield f"has the unit {said.get('unit')}, which no text knows: one of {', '.join(UNITS)}"
    values = said.get("values")
    if not isinstance(values, dict) or not values:
        yield "has no value"
        return
    for since, value in values.items():
        yield from (f"at {since} {fault}" for fault in _faults_of_value(said, since, value))


def _faults_of_value(said: dict[str, Any], since: Any, given: Any) -> Iterator[str]:
    if type(since) is not date:
        yield "is not a date"
    if not isinstance(given, dict):
        yield "is not a mapping"
        return
    yield from (f"lacks {key}" for key in sorted(_NEEDED_OF_VALUE - set(given)))
    yield from (f"has an unknown key {key}" for key in sorted(set(given) - _KNOWN_OF_VALUE))
    if given.get("verified") not in MARKS:
        yield f"has an unknown mark {given.get('verified')}"
    if fault := fault_of(Kind(said["kind"]), tuple(said.get("choices", ())), given.get("value")):
        yield fault


def _definition(name: str, said: dict[str, Any]) -> Definition:
    inclusive = said.get("inclusive")
    return Definition(
        name=name,
        kind=Kind(said["kind"]),
        unit=said["unit"],
        zh=said["zh"],
        en=said["en"],
        options=tuple(said.get("choices", ())),
        note=said.get("note"),
        permission=said.get("permission"),
        values=tuple(
            National(since=since, **{"inclusive": inclusive, **value})
            for since, value in sorted(said["values"].items())
        ),
    )
