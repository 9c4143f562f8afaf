"""One word in every place: distribution, package, tables, actions, errors, parameters, events."""

import ast
import inspect
import pkgutil
from collections.abc import Iterable, Iterator
from importlib import import_module

from zhibu import core
from zhibu.core_actions import ACTIONS
from zhibu.errors import PluginError, ZhibuError
from zhibu.parameters import definitions
from zhibu.plugins import Plugins
from zhibu.procedures import catalogue
from zhibu.testing.contract.sources import Source, called
from zhibu.testing.contract.subject import PREFIX, Subject


def faults(subject: Subject, plugins: Plugins) -> Iterator[str]:
    yield from _of_packaging(subject)
    for table in _tables(subject.sources):
        if not table.startswith(f"{subject.name}_"):
            yield f"the table {table} does not begin with {subject.name}_"
    yield from _stray("action", (a.name for a in plugins.actions()), subject, plugins, ":")
    yield from _stray("error code", (e.code for e in errors(subject)), subject, plugins, ".")
    for event in _events(subject.sources):
        if not event.startswith(f"{subject.name}."):
            yield f"the event {event} does not begin with {subject.name}."
    figures = plugins.figures().get(subject.name, [])
    yield from _stray("figure", (figure.name for figure in figures), subject, plugins, ".")
    dues = plugins.due().get(subject.name, [])
    yield from _stray("due item", (due.name for due in dues), subject, plugins, ".")
    works = plugins.works().get(subject.name, [])
    schedules = plugins.schedules().get(subject.name, [])
    yield from _stray("work", (work.kind for work in works), subject, plugins, ".")
    yield from _stray("schedule", (each.name for each in schedules), subject, plugins, ".")
    exchanges = plugins.exchanges().get(subject.name, [])
    yield from _stray("message", (each.kind for each in exchanges), subject, plugins, ".")
    verifiables = plugins.verifiables().get(subject.name, [])
    yield from _stray("paper", (each.kind for each in verifiables), subject, plugins, ".")
    for event in plugins.listeners()[subject.name].by_event if _listens(subject, plugins) else ():
        if event.startswith(f"{subject.name}."):
            yield f"it listens to its own event {event}"
    for kind, given in (
        ("parameters", plugins.parameters().get(subject.name)),
        ("procedures", plugins.procedures().get(subject.name)),
    ):
        try:
            definitions.load({subject.name: given.folder} if given else {})
        except PluginError as error:
            yield from (f"{kind}: {fault}" for fault in error.facts["fault"].split("; "))
    yield from _of_procedures(subject, plugins)


def _of_procedures(subject: Subject, plugins: Plugins) -> Iterator[str]:
    """What the plugin's procedures name, and what it says to own, must be there."""
    part = plugins.procedures().get(subject.name)
    if part is None:
        return
    folders = {"core": core.parameters().folder}
    folders |= {name: found.folder for name, found in plugins.parameters().items()}
    try:
        known = definitions.load(folders, (subject.name, part.folder))
    except PluginError:
        return  # told above, or by another plugin's own contract
    actions = {action.name for action in (*ACTIONS, *plugins.actions())}
    try:
        catalogue.check(known, {subject.name: part}, actions)
    except PluginError as error:
        yield from (f"procedures: {fault}" for fault in error.facts["fault"].split("; "))


def errors(subject: Subject) -> list[type[ZhibuError]]:
    """The error classes that the plugin's own modules define."""
    return [kind for kind in classes(subject) if issubclass(kind, ZhibuError)]


def classes(subject: Subject) -> list[type]:
    """The classes that the plugin's own modules define."""
    found: dict[type, None] = {}
    package = import_module(subject.package)
    for info in pkgutil.walk_packages(package.__path__, f"{subject.package}."):
        if ".migrations" in info.name:
            continue
        for value in vars(import_module(info.name)).values():
            if inspect.isclass(value) and value.__module__ == info.name:
                found[value] = None
    return [*found]


def spoken(subject: Subject, parts: Iterable[str]) -> set[str]:
    """Every `<plugin>.<word>` that is written in these parts."""
    return {
        word
        for source in subject.sources
        if source.part in parts
        for word in source.words
        if word.startswith(f"{subject.name}.")
        and word.removeprefix(f"{subject.name}.").replace("_", "").isalnum()
    }


def _of_packaging(subject: Subject) -> Iterator[str]:
    dashed = f"zhibu-{subject.name.replace('_', '-')}"
    if subject.distribution.replace("_", "-") != dashed:
        yield f"the distribution is named {subject.distribution}, not {dashed}"
    if subject.package != PREFIX + subject.name:
        yield f"the package is named {subject.package}, not {PREFIX}{subject.name}"
    if subject.point.value != f"{PREFIX}{subject.name}.plugin":
        yield f"the entry point is {subject.point.value}, not {PREFIX}{subject.name}.plugin"
    if "zhibu" not in subject.requires:
        yield "pyproject.toml does not declare zhibu"
    if not (subject.folder / "py.typed").exists():
        yield f"{subject.package}/py.typed is missing"


def _tables(sources: Iterable[Source]) -> Iterator[str]:
    for source in sources:
        for node in ast.walk(source.tree):
            match node:
                case ast.Assign(
                    targets=[ast.Name(id="__tablename__")], value=ast.Constant(value=str(name))
                ):
                    yield name
                case ast.Call(args=[ast.Constant(value=str(name)), *_]) if called(node) == "Table":
                    yield name


def _events(sources: Iterable[Source]) -> Iterator[str]:
    """The names written right into `Event(name=…)`."""
    for source in sources:
        for call in source.calls:
            if called(call) != "Event":
                continue
            for keyword in call.keywords:
                match keyword:
                    case ast.keyword(arg="name", value=ast.Constant(value=str(name))):
                        yield name


def _stray(
    kind: str, names: Iterable[str], subject: Subject, plugins: Plugins, mark: str
) -> Iterator[str]:
    others = tuple(f"{name}{mark}" for name in plugins.names if name != subject.name)
    for name in names:
        if not name.startswith((f"{subject.name}{mark}", *others)):
            yield f"the {kind} {name} does not begin with {subject.name}{mark}"


def _listens(subject: Subject, plugins: Plugins) -> bool:
    return subject.name in plugins.listeners()
