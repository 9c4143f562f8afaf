"""Who may know whom: between the files of a plugin, of its siblings and of the core."""

import ast
import sys
from collections.abc import Iterator

from zhibu.testing.contract.layout import (
    CLOCKS,
    CLOSED_CORE,
    IMPURE,
    MACHINES,
    MAY_IMPORT,
    MAY_USE,
    MIGRATION_CORE,
    MIGRATION_MAY_KNOW,
    OF_SQLALCHEMY_IN_SERVICE,
    PURE_CORE,
    STATING_CORE,
    TO_SIBLINGS,
)
from zhibu.testing.contract.sources import Import, Source, called, owner
from zhibu.testing.contract.subject import PREFIX, Subject


def faults(subject: Subject) -> Iterator[str]:
    for source in subject.sources:
        if source.place == "__init__.py":
            yield from _of_package(subject, source)
        elif source.part not in MAY_IMPORT:
            yield f"{_at(subject, source)} is not a file of a plugin"
        else:
            yield from _of_source(subject, source)
    for source in subject.migrations:
        yield from _of_migration(subject, source)


def impurities(source: Source) -> Iterator[str]:
    """What a file of rules does or imports that is not a matter of values, without its place."""
    for found in source.imports:
        if found.top in IMPURE:
            yield f"imports {found.top}; rules are given what they need"
    for call in source.calls:
        if called(call) in CLOCKS and owner(call) in ("date", "datetime"):
            yield f"asks the clock ({owner(call)}.{called(call)}()); the day is an argument"
        if isinstance(call.func, ast.Name) and call.func.id == "open":
            yield "opens a file; rules are given what they need"


def _of_package(subject: Subject, source: Source) -> Iterator[str]:
    rest = [node for node in source.tree.body if not isinstance(node, ast.Expr)]
    if rest or ast.get_docstring(source.tree) is None:
        yield f"{_at(subject, source)} holds more or less than one docstring"


def _of_source(subject: Subject, source: Source) -> Iterator[str]:
    place = _at(subject, source)
    known = subject.siblings
    for found in dict.fromkeys(source.imports):
        part = found.part_of(subject.package)
        yield from _of_place(place, source.part, found, part)
        if found.relative:
            yield f"{place} imports relatively; write the package's name"
            continue
        if found.name == "*":
            yield f"{place} imports everything from {found.module}; name what you need"
        if part is not None:
            if part in MAY_IMPORT and part not in MAY_IMPORT[source.part] | {source.part}:
                yield f"{place} may not import {part}"
        elif found.top in known or found.top.startswith(PREFIX):
            yield from _of_sibling(subject, place, found, known)
        elif found.top == "zhibu":
            yield from _of_core(source, place, found)
        else:
            yield from _of_others(subject, source, place, found)
    for call in source.calls:
        if called(call) in ("import_module", "__import__"):
            yield f"{place} imports by {called(call)}(); imports stand at the top"
    if source.part == "rules":
        yield from (f"{place} {impurity}" for impurity in impurities(source))


def _of_place(place: str, by: str, found: Import, part: str | None) -> Iterator[str]:
    """At the top, but for the types of the API: what starts and answers nobody needs none."""
    if (by, part) == ("plugin", "graph"):
        if found.inside != "graph":
            yield f"{place} imports {found.full} outside graph(); whatever starts waits for it"
    elif found.inside is not None:
        yield f"{place} imports {found.full} inside {found.inside}(); imports stand at the top"


def _of_sibling(
    subject: Subject, place: str, found: Import, known: dict[str, str]
) -> Iterator[str]:
    if found.top not in subject.requires:
        yield f"{place} imports {found.top}, which pyproject.toml does not declare"
    if found.part_of(found.top) not in TO_SIBLINGS:
        whose = known.get(found.top, found.top)
        yield f"{place} reaches into {found.full}; of {whose} it may know public.py and asking.py"


def _of_core(source: Source, place: str, found: Import) -> Iterator[str]:
    if any(word.startswith("_") for word in found.full.split(".")):
        yield f"{place} imports the core's private {found.full}"
    closed = (c for c in CLOSED_CORE if found.full == c or found.full.startswith(f"{c}."))
    if next(closed, None):
        yield f"{place} imports {found.full}; only whoever runs the platform does"
    if found.module in STATING_CORE and source.part != "store":
        yield f"{place} imports {found.full}; statements are run in store"
    if source.part == "rules" and found.module not in PURE_CORE and found.full not in PURE_CORE:
        yield f"{place} may not know {found.full}; of the core, rules know what is pure"


def _of_others(subject: Subject, source: Source, place: str, found: Import) -> Iterator[str]:
    if found.top in sys.stdlib_module_names:
        return
    if source.part == "rules":
        yield f"{place} may not know {found.top}; rules know the standard library"
    elif found.top in MACHINES:
        if found.top not in MAY_USE.get(source.part, set()):
            yield f"{place} may not know {found.top}"
        elif source.part == "service" and (found.module, found.name) not in (
            OF_SQLALCHEMY_IN_SERVICE
        ):
            yield f"{place} may know AsyncSession of sqlalchemy, not {found.full}"
    elif found.top.lower() not in subject.requires:
        yield f"{place} imports {found.top}, which pyproject.toml does not declare"


def _of_migration(subject: Subject, source: Source) -> Iterator[str]:
    place = _at(subject, source)
    for found in dict.fromkeys(source.imports):
        if found.top == subject.package:
            yield f"{place} imports {found.full}; a migration stays as it was, tables do not"
        elif found.top == "zhibu" and found.module not in MIGRATION_CORE:
            yield f"{place} imports {found.full}; a migration knows zhibu.storage.rls only"
        elif found.top not in {"zhibu", *MIGRATION_MAY_KNOW, *sys.stdlib_module_names}:
            yield f"{place} may not know {found.top}"


def _at(subject: Subject, source: Source) -> str:
    return f"{subject.package}/{source.place}"
