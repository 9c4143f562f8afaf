"""The pages of docs/ that are made from the code itself."""

import ast
import importlib
import inspect
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from zhibu import contributions, hookspecs
from zhibu.testing.pages.modules import contents

HOOKS = Path("docs/hooks.md")
CORE = Path("docs/core.md")

# What a plugin works with, in the order in which it meets them.
MODULES = (
    "zhibu.act",
    "zhibu.actions",
    "zhibu.core_actions",
    "zhibu.errors",
    "zhibu.basis",
    "zhibu.calendar",
    "zhibu.lots",
    "zhibu.identifiers",
    "zhibu.parameters.book",
    "zhibu.parameters.public",
    "zhibu.accounts.reads",
    "zhibu.accounts.proving",
    "zhibu.slips.public",
    "zhibu.procedures.public",
    "zhibu.procedures.graph",
    "zhibu.members.public",
    "zhibu.members.tables",
    "zhibu.members.graph",
    "zhibu.members.reads",
    "zhibu.organizations.public",
    "zhibu.organizations.tables",
    "zhibu.organizations.graph",
    "zhibu.organizations.reads",
    "zhibu.storage.tables",
    "zhibu.storage.rls",
    "zhibu.storage.fixed",
    "zhibu.storage.among",
    "zhibu.storage.upsert",
    "zhibu.storage.violations",
    "zhibu.figures.totals",
    "zhibu.figures.tables",
    "zhibu.jobs.work",
    "zhibu.jobs.parts",
    "zhibu.jobs.service",
    "zhibu.exchange.public",
    "zhibu.due.declaring",
    "zhibu.reading",
    "zhibu.graph",
    "zhibu.graph.fields",
    "zhibu.graph.inputs",
    "zhibu.forms.columns",
    "zhibu.forms.kinds",
    "zhibu.forms.rows",
    "zhibu.forms.faults",
    "zhibu.forms.writing",
    "zhibu.forms.reading",
    "zhibu.forms.checking",
    "zhibu.forms.printing",
    "zhibu.texts",
    "zhibu.testing.house",
    "zhibu.testing.branch",
)

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
        if inspect.isclass(value) and value.__module__.startswith(contributions.__name__):
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
        lines += [f"## {name}\n", f"{inspect.getdoc(module)}\n", *contents(module), ""]
    return "\n".join(lines).rstrip() + "\n"


def _class(kind: type) -> list[str]:
    doc = f"{inspect.getdoc(kind)}\n"
    if not is_dataclass(kind):
        return [doc]
    rows = [f"- `{field.name}: {_type(field.type)}`" for field in fields(kind)]
    return [doc, *rows, ""]


def _signature(node: ast.FunctionDef) -> str:
    returns = ast.unparse(node.returns) if node.returns else "None"
    return f"def {node.name}({ast.unparse(node.args)}) -> {returns}: ..."


def _type(found: Any) -> str:
    return found if isinstance(found, str) else inspect.formatannotation(found)
