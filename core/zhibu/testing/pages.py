"""`python -m zhibu.testing.pages`: write the pages of docs/ that are made from the code itself."""

import ast
import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from types import ModuleType
from typing import Any

from zhibu import contributions, hookspecs

HOOKS = Path("docs/hooks.md")
CORE = Path("docs/core.md")

# What a plugin works with, in the order in which it meets them.
MODULES = (
    "zhibu.act",
    "zhibu.actions",
    "zhibu.errors",
    "zhibu.basis",
    "zhibu.calendar",
    "zhibu.identifiers",
    "zhibu.parameters.book",
    "zhibu.members.public",
    "zhibu.organizations.public",
    "zhibu.organizations.reads",
    "zhibu.storage.tables",
    "zhibu.storage.rls",
    "zhibu.storage.violations",
    "zhibu.figures.totals",
    "zhibu.due.declaring",
    "zhibu.reading",
    "zhibu.graph",
    "zhibu.forms.columns",
    "zhibu.forms.kinds",
    "zhibu.forms.rows",
    "zhibu.forms.faults",
    "zhibu.forms.printing",
    "zhibu.testing.house",
)

_MODULES = re.compile(r"\b(?:[a-z_]\w*\.)+(?=[A-Za-z])")
_NAMED = re.compile(r"'([A-Z]\w*)'")  # a type written in quotes
_ADDRESS = re.compile(r"<[^<>]* at 0x[0-9a-f]+>|\w+\(name=[^()]*\)")
_MADE = "Made from the code by `python -m zhibu.testing.pages`; a test compares them.\n"


def hooks() -> str:
    """`docs/hooks.md`: every hook with its exact signature, and the values they hand over."""
    tree = ast.parse(inspect.getsource(hookspecs))
    specified = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and hasattr(getattr(hookspecs, node.name), "zhibu_spec")
    ]
    lines = [
        "# Hooks\n",
        f"Everything a plugin may give the core. {_MADE}",
        "A plugin answers in its `plugin.py`, with `@hookimpl` and the types below. Hooks are",
        "asked once, at start; they return values and receive nothing. What a plugin does not",
        "have, it does not answer.\n",
    ]
    for node in specified:
        lines += [f"## {node.name}\n", "```python", _signature(node), "```\n"]
        lines += [f"{ast.get_docstring(node)}\n"]
    lines.append("# The values\n")
    for name, value in vars(contributions).items():
        if inspect.isclass(value) and value.__module__ == contributions.__name__:
            lines += [f"## {name}\n", *_class(value)]
    return "\n".join(lines).rstrip() + "\n"


def core() -> str:
    """`docs/core.md`: the modules of the core that a plugin works with, and what is in them."""
    lines = [
        "# The core, for plugins\n",
        f"What a plugin may call, by module. {_MADE}",
        "Modules and names with a leading underscore are the core's own business, and so is what",
        "runs the platform: the contract names whoever imports them.\n",
    ]
    for name in MODULES:
        module = importlib.import_module(name)
        lines += [f"## {name}\n", f"{inspect.getdoc(module)}\n", *_contents(module), ""]
    return "\n".join(lines).rstrip() + "\n"


def _contents(module: ModuleType) -> Iterator[str]:
    named = getattr(module, "__all__", None)
    for name, value in vars(module).items():
        own = getattr(value, "__module__", None) == module.__name__
        if name.startswith("_") or not (name in named if named is not None else own):
            continue
        if inspect.isclass(value):
            yield _line(f"{name}({', '.join(_parts(value))})" if _parts(value) else name, value)
            yield from _methods(value)
        elif inspect.isfunction(value):
            yield _line(_call(name, value), value)
        elif isinstance(value, str):
            yield f'- `{name} = "{value}"`'


def _methods(kind: type) -> Iterator[str]:
    for name, value in vars(kind).items():
        if name.startswith("_"):
            continue
        found = value.__func__ if isinstance(value, classmethod | staticmethod) else value
        if isinstance(found, property):
            yield "  " + _line(f".{name}", found)
        elif inspect.isfunction(found):
            yield "  " + _line(_call(name, found, "."), found)


def _line(shown: str, value: Any) -> str:
    """What it looks like, and the first sentence that is said of it."""
    own = inspect.cleandoc(getattr(value, "__doc__", None) or "")
    inherited = inspect.isclass(value) and "__doc__" not in vars(value)
    said = "" if inherited else own.partition("\n\n")[0].replace("\n", " ")
    if said.startswith(f"{getattr(value, '__name__', '')}("):  # written by the dataclass itself
        said = ""
    return f"- `{shown}`: {said}" if said else f"- `{shown}`"


def _parts(kind: type) -> list[str]:
    """The words of an enumeration, or the fields of a value."""
    if issubclass(kind, Enum):
        return [str(member.value) for member in kind]
    if not is_dataclass(kind) or hasattr(kind, "__strawberry_definition__"):
        return []
    return [field.name for field in fields(kind) if field.init and not field.name.startswith("_")]


def _class(kind: type) -> list[str]:
    doc = f"{inspect.getdoc(kind)}\n"
    if not is_dataclass(kind):
        return [doc]
    rows = [f"- `{field.name}: {_type(field.type)}`" for field in fields(kind)]
    return [doc, *rows, ""]


def _signature(node: ast.FunctionDef) -> str:
    returns = ast.unparse(node.returns) if node.returns else "None"
    return f"def {node.name}({ast.unparse(node.args)}) -> {returns}: ..."


def _call(name: str, function: Any, before: str = "") -> str:
    """How it is called: names, types without their modules, defaults."""
    given = inspect.signature(function)
    kept = [p for p in given.parameters.values() if p.name not in ("self", "cls")]
    shown = _MODULES.sub("", str(given.replace(parameters=kept)))
    shown = _NAMED.sub(r"\1", shown)
    asynchronous = "await " if inspect.iscoroutinefunction(function) else ""
    return f"{asynchronous}{before}{name}{_ADDRESS.sub('…', shown)}"


def _type(found: Any) -> str:
    return found if isinstance(found, str) else inspect.formatannotation(found)


def main() -> int:
    for file, text in ((HOOKS, hooks()), (CORE, core())):
        file.write_text(text, "utf-8")
        print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
