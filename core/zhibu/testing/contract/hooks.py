"""Whether the plugin answers hooks that exist, with the types they have.

Pluggy compares the names of arguments only, and mypy sees no link between a hook and its
specification at all.
"""

import typing
from collections.abc import Iterator

from zhibu import hookspecs
from zhibu.jobs.work import Schedule, Work
from zhibu.testing.contract.subject import Subject

HOOKS = {name: found for name, found in vars(hookspecs).items() if hasattr(found, "zhibu_spec")}

_LATER = {"Schedule": Schedule, "Work": Work}  # what the specifications name without loading it


def _typed(name: str) -> dict[str, object]:
    return typing.get_type_hints(HOOKS[name], localns=_LATER)


def faults(subject: Subject) -> Iterator[str]:
    module = subject.module
    for name, found in vars(module).items():
        answers = hasattr(found, "zhibu_impl")
        if answers and name not in HOOKS:
            yield f"{subject.package}/plugin.py answers {name}, which is no hook of the core"
        elif answers and typing.get_type_hints(found) != _typed(name):
            yield f"{subject.package}/plugin.py: {name} is not typed as its specification"
        elif (
            name in HOOKS
            and not answers
            and callable(found)
            and getattr(found, "__module__", None) == module.__name__
        ):
            yield f"{subject.package}/plugin.py: {name} is named like a hook without @hookimpl"
    yield from _unanswered(subject)


def _unanswered(subject: Subject) -> Iterator[str]:
    """What lies in the folder and is never handed over."""
    kept = {
        "policy.csv": "grants",
        "migrations": "migrations",
        "parameters": "parameters",
        "procedures": "procedures",
        "locale": "locale",
        "deadlines.py": "due",
        "deadlines": "due",
        "sheets.py": "sheets",
        "sheets": "sheets",
        "graph.py": "graph",
        "graph": "graph",
        "actions.py": "actions",
    }
    for file, hook in kept.items():
        answer = getattr(subject.module, hook, None)
        if (subject.folder / file).exists() and not hasattr(answer, "zhibu_impl"):
            yield f"{subject.package}/{file} is there, but plugin.py does not answer {hook}"
