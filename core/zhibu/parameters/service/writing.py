"""What may be written into a tenant's parameters, and writing it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from zhibu.accounts.proving import Use, require_proof
from zhibu.act import Act, Event
from zhibu.actions import Action
from zhibu.core_actions import PARAMETER_OVERRIDE, SECURITY_CONFIGURE
from zhibu.errors import Conflict, Invalid
from zhibu.parameters import errors, store
from zhibu.parameters.definitions import Definition, Kind, fault_of
from zhibu.parameters.store import Change
from zhibu.procedures.catalogue import definition_faults
from zhibu.storage.violations import unique_violation


def _permission_of(act: Act, name: str) -> Action:
    """What setting this parameter takes: its own action, or the usual one."""
    definition = act.parameters.definitions.get(name)
    if definition is None or definition.permission is None:
        return PARAMETER_OVERRIDE
    return act.policy.rules.actions[definition.permission]


def require_right(act: Act, name: str, path: str, *, seen_by: Action | None = None) -> None:
    """Raise unless the caller may set this parameter there, and has just shown who he is.

    What signing in takes is as good as a right: it is not to be had with a stolen session.
    """
    action = _permission_of(act, name)
    act.require(action, path, seen_by=seen_by)
    if action.name == SECURITY_CONFIGURE.name:
        require_proof(act, Use.GRANT, path)


async def write(act: Act, changes: list[Change]) -> None:
    """Write changes that `faults` found nothing against, and let this act go on with them."""
    try:
        await store.add(act.session, act.tenant_id, changes)
    except IntegrityError as error:
        # Somebody set it a moment ago, where our book does not show it yet.
        if unique_violation(error) != "uq_core_parameter_override_since":
            raise
        first = changes[0]
        raise errors.ParameterDayTaken(
            path=("since",), name=first.name, since=first.since
        ) from error
    for change in changes:
        act.parameters = act.parameters.and_also(store.in_force(change))


async def take_back(act: Act, id: UUID) -> None:
    """Let an override hold no longer, in the database and in this act; it stays readable."""
    await store.withdraw(act.session, act.tenant_id, id, act.now)
    act.parameters = act.parameters.without(id)


def stands(act: Act, change: Change) -> bool:
    """Whether the same value was set there from the same day already."""
    return any(
        (own.name, own.path, own.since, own.value)
        == (change.name, change.path, change.since, change.value)
        for own in act.parameters.overrides
    )


def faults(act: Act, change: Change, at: tuple[str, ...] = ()) -> Iterator[Invalid | Conflict]:
    """Everything that speaks against a change."""
    definition = act.parameters.definitions.get(change.name)
    if definition is None:
        yield errors.ParameterUnknown(path=(*at, "name"), name=change.name)
        return
    yield from _faults_of(definition, change, at)
    if definition.kind is Kind.PROCEDURE and change.value is not None:
        wrong = definition_faults(act, change.name, change.value)
        if wrong:
            at_value = (*at, "value")
            yield errors.ParameterProcedureUnfit(path=at_value, name=change.name, faults=wrong)
    taken = any(
        (own.name, own.path, own.since) == (change.name, change.path, change.since)
        for own in act.parameters.overrides
    )
    if taken:
        yield errors.ParameterDayTaken(path=(*at, "since"), name=change.name, since=change.since)


def event_of(name: str, change: Change, unit: str, **more: Any) -> Event:
    return Event(
        name=name,
        subject=("ParameterOverride", change.id),
        path=change.path,
        facts={
            "name": change.name,
            "since": change.since.isoformat(),
            "value": change.value,
            "unit": unit,
            "reason": change.reason,
            "document": change.document,
            "article": change.article,
            "clause": change.clause,
            **more,
        },
    )


def _faults_of(
    definition: Definition, change: Change, at: tuple[str, ...]
) -> Iterator[Invalid | Conflict]:
    if not change.reason:
        yield errors.ParameterReasonMissing(path=(*at, "reason"))
    kind = definition.kind
    if kind is not Kind.PROCEDURE and fault_of(kind, definition.options, change.value):
        yield errors.ParameterValueInvalid(
            path=(*at, "value"),
            name=change.name,
            kind=str(definition.kind),
            unit=definition.unit,
            options=definition.options,
        )
    first = definition.values[0].since
    if change.since < first:
        yield errors.ParameterTooEarly(
            path=(*at, "since"), name=change.name, since=change.since, first=first
        )
