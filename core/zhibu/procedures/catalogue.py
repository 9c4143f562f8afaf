"""The procedures there are: as they hold at a place on a day, and who carries them out."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from zhibu.act import Act
from zhibu.contributions import Procedure, Procedures
from zhibu.errors import PluginError
from zhibu.parameters.book import Book, Value
from zhibu.parameters.definitions import Definition as Parameter
from zhibu.parameters.definitions import Kind, procedure_faults
from zhibu.policy import Switches
from zhibu.procedures.rules.definition import END, By, Definition, definition_of


def owned(parts: Mapping[str, Procedures]) -> dict[str, Procedure]:
    """What owners do, by the name of the procedure."""
    return {procedure.name: procedure for part in parts.values() for procedure in part.owned}


def check(
    parameters: Mapping[str, Parameter],
    parts: Mapping[str, Procedures],
    actions: Collection[str],
) -> None:
    """Raise `PluginError` where a definition names what is nowhere, or an owner no definition."""
    faults: list[str] = []
    for parameter in parameters.values():
        for national in parameter.values if parameter.kind is Kind.PROCEDURE else ():
            found = strangers(parameter.name, national.value, parameters, actions)
            faults += [f"{parameter.name} names {word}, which nobody defines" for word in found]
    for plugin, part in parts.items():
        for procedure in part.owned:
            if not procedure.name.startswith(f"{plugin}."):
                faults.append(f"{plugin} owns {procedure.name}, which is not its own")
            elif procedure.name not in parameters:
                faults.append(f"{procedure.name} has an owner and no definition")
            else:
                values = [national.value for national in parameters[procedure.name].values]
                faults += [f"{procedure.name} {fault}" for fault in _one_way(procedure, values)]
    if faults:
        raise PluginError(fault="; ".join(faults))


def strangers(
    name: str, value: Any, parameters: Collection[str], actions: Collection[str]
) -> Iterator[str]:
    """The parameters and actions that a well-formed definition names and nobody defines."""
    definition = definition_of(name, value)
    yield from sorted(definition.parameters() - {*parameters})
    yield from sorted(definition.actions() - {*actions})


def _one_way(procedure: Procedure, values: Iterable[Any]) -> Iterator[str]:
    """What is carried out is taken up again only by an owner who can undo it."""
    if procedure.decided is None or procedure.reopened is not None:
        return
    for value in values:
        objecting = definition_of(procedure.name, value).objection
        if objecting is not None and objecting.upheld != END:
            yield "leads back from its end, and nobody undoes what was done"


def definition_faults(act: Act, name: str, value: Any) -> list[str]:
    """Everything that is wrong with what somebody wants to hold as this procedure."""
    if found := [*procedure_faults(value)]:
        return found
    parameters = act.parameters.definitions
    found = [
        f"names {word}, which nobody defines"
        for word in strangers(name, value, parameters, act.policy.granted)
    ]
    owner = act.procedures.get(name)
    if owner is None and any(step.by is By.ELECTION for step in definition_of(name, value).steps):
        found.append("elects, and whoever proposes it names nobody")
    return found + ([*_one_way(owner, [value])] if owner else [])


def in_force(act: Act, name: str, path: str, on: date) -> tuple[Definition, Value] | None:
    """The definition that holds there that day and what says so; None where there is none."""
    return held(act.parameters, act.switches, name, path, on)


def held(
    book: Book, switches: Switches, name: str, path: str, on: date
) -> tuple[Definition, Value] | None:
    """The same, for whoever only reads."""
    known = book.definitions.get(name)
    if known is None or known.kind is not Kind.PROCEDURE:
        return None
    if not switches.enabled(name.partition(".")[0], path):
        return None
    value = book.value(name, path, on)
    return None if value.value is None else (definition_of(name, value.value), value)


def step_actions(book: Book) -> tuple[str, ...]:
    """Every action that a step of any procedure takes, anywhere in the institution."""
    values = [
        *(
            national.value
            for parameter in book.definitions.values()
            for national in (parameter.values if parameter.kind is Kind.PROCEDURE else ())
        ),
        *(
            override.value
            for override in book.overrides
            if isinstance(override.value, dict) and "steps" in override.value
        ),
    ]
    definitions = [definition_of("", value) for value in values if value is not None]
    return tuple(sorted({word for found in definitions for word in found.actions()}))
