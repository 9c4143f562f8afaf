"""`docs/procedures.md`: every procedure with its steps, and its states drawn by their library."""

import inspect
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from zhibu import core
from zhibu.parameters import definitions
from zhibu.parameters.definitions import Definition as Parameter
from zhibu.plugins import discover
from zhibu.procedures.machine import diagram
from zhibu.procedures.rules.definition import Definition, Objecting, Step, definition_of

PROCEDURES = Path("docs/procedures.md")

_ABOUT = """# Procedures

Acts that take several people, as they hold nationally. Made from the code by
`python -m zhibu.testing.pages`; a test compares them.

A definition stands in `procedures/*.yaml` of the core or a plugin and is written like a parameter:
dated, with document, article and mark, and its value is the steps. So an institution overrides one
like any parameter, at an organization and below it, from a day on; what is under way goes on under
the definition that held when it was proposed.

## What a definition says
"""


def procedures() -> str:
    """The page."""
    parts = {"core": core.procedures(), **discover().procedures()}
    found = definitions.load({name: part.folder for name, part in parts.items()})
    lines = [_ABOUT]
    for kind in (Definition, Step, Objecting):
        said = " ".join(inspect.cleandoc(kind.__doc__ or "").split())
        named = ", ".join(f"`{field.name}`" for field in fields(kind))
        lines.append(f"- **{kind.__name__}** ({named}): {said}")
    for parameter in found.values():
        lines += ["", *_procedure(parameter)]
    return "\n".join(lines).rstrip() + "\n"


def _procedure(parameter: Parameter) -> Iterator[str]:
    national = parameter.values[-1]
    made = definition_of(parameter.name, national.value)
    yield f"## {parameter.zh} `{parameter.name}`\n"
    yield f"{parameter.en}. {national.note or ''}\n"
    since, mark = national.since, national.verified
    yield f"《{national.document}》{national.article}, from {since}, {mark}.\n"
    yield "| step | decided | permission | level | documents | limit |"
    yield "|---|---|---|---|---|---|"
    for step in made.steps:
        cells = (
            f"{step.zh} `{step.code}`",
            f"{step.by} `{step.profile}`" if step.profile else str(step.by),
            f"`{step.action}`",
            ", ".join(step.level),
            ", ".join(step.documents),
            f"`{step.limit}`" if step.limit else "",
        )
        yield f"| {' | '.join(cells)} |"
    yield from ("", "```mermaid", diagram(made).rstrip(), "```")
