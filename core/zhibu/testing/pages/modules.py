"""What a module offers: names, how they are called and made, and what is said of them."""

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import is_dataclass
from enum import Enum
from types import ModuleType
from typing import Any

from strawberry.types.base import StrawberryObjectDefinition

from zhibu.actions import Action
from zhibu.storage.tables import Base

_MODULES = re.compile(r"\b(?:[a-z_]\w*\.)+(?=[A-Za-z])")
_NAMED = re.compile(r"'([A-Z]\w*|\w+\[[^']*\])'")  # a type written in quotes
_ENTERED = re.compile(r"(?:Abstract)?(Async)?(?:Iterator|ContextManager)\[(.+)\]$")
_WORD = re.compile(r"<(\w+\.\w+): [^<>]*>")  # of an enumeration
_ADDRESS = re.compile(r"<[^<>]* at 0x[0-9a-f]+>|<factory>|\w+\(name=[^()]*\)")


def contents(module: ModuleType) -> Iterator[str]:
    """A line for each name that a module offers, and for what its classes offer."""
    told = getattr(module, "__all__", None) or _own(module)
    for name, value in vars(module).items():
        if name.startswith("_") or name not in told:
            continue
        if inspect.isclass(value):
            yield _line(f"{name}{_made_with(value)}", value)
            yield from _methods(value)
        elif inspect.isfunction(value):
            yield _line(_call(name, value), value)
        elif isinstance(value, str):
            yield f'- `{name} = "{value}"`'
        elif isinstance(value, Action):
            yield f"- `{name}` (`{value.name}`): {value.summary}"


def _own(module: ModuleType) -> set[str]:
    """What the module itself defines, rather than imports."""
    found: set[str] = set()
    for node in ast.parse(inspect.getsource(module)).body:
        match node:
            case ast.Assign(targets=targets):
                found |= {target.id for target in targets if isinstance(target, ast.Name)}
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                found.add(node.name)
    return found


def _methods(kind: type) -> Iterator[str]:
    for name, value in vars(kind).items():
        if name.startswith("_"):
            continue
        found = value.__func__ if isinstance(value, classmethod | staticmethod) else value
        if isinstance(found, property):
            yield "  " + _line(f".{name}{_answer(found)}", found)
        elif inspect.isfunction(found):
            yield "  " + _line(_call(name, found, "."), found)


def _line(shown: str, value: Any) -> str:
    """What it looks like, and the first sentence that is said of it."""
    own = inspect.cleandoc(getattr(value, "__doc__", None) or "")
    inherited = inspect.isclass(value) and "__doc__" not in vars(value)
    said = "" if inherited else own.partition("\n\n")[0].replace("\n", " ")
    if said.startswith(f"{getattr(value, '__name__', '')}("):  # written by the dataclass itself
        said = ""
    graph = getattr(value, "__strawberry_definition__", None)
    if not said and isinstance(graph, StrawberryObjectDefinition):
        said = graph.description or ""
    return f"- `{shown}`: {said}" if said else f"- `{shown}`"


def _made_with(kind: type) -> str:
    """What it is made with: the words of an enumeration, or the fields of a value."""
    if issubclass(kind, Enum):
        return f"({', '.join(f'{member.name}={member.value!r}' for member in kind)})"
    if issubclass(kind, Base) and hasattr(kind, "__table__"):
        return f"({', '.join(_column(column) for column in kind.__table__.c)})"
    if not is_dataclass(kind) or hasattr(kind, "__strawberry_definition__"):
        return ""
    return _call("", kind).removesuffix(" -> None")


def _column(column: Any) -> str:
    python = column.type.python_type.__name__
    return f"{column.name}: {python}{' | None' if column.nullable else ''}"


def _call(name: str, function: Any, before: str = "") -> str:
    """How it is called: names, types without their modules, defaults."""
    given = inspect.signature(function)
    own = ("self", "cls")
    kept = [p for n, p in given.parameters.items() if n not in own and not n.startswith("_")]
    shown = _MODULES.sub("", str(given.replace(parameters=kept)))
    shown = _ADDRESS.sub("…", _WORD.sub(r"\1", _NAMED.sub(r"\1", shown)))
    entered = _ENTERED.search(shown)
    if entered and not inspect.isgeneratorfunction(function):
        how = "async with" if entered[1] else "with"
        return f"{how} {before}{name}{shown[: entered.start()]}{entered[2]}"
    asynchronous = "await " if inspect.iscoroutinefunction(function) else ""
    return f"{asynchronous}{before}{name}{shown}"


def _answer(found: property) -> str:
    assert found.fget is not None
    return _call("", found.fget).removeprefix("()")
