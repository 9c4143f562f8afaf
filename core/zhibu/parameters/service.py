"""Setting another value of a parameter, taking it back, and applying a rule pack."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from zhibu.act import Act, Event
from zhibu.core_actions import ORGANIZATION_READ, PARAMETER_OVERRIDE, PARAMETER_READ
from zhibu.errors import Conflict, Invalid, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.organizations.public import organization_of
from zhibu.parameters import errors, store
from zhibu.parameters.definitions import Definition, fault_of
from zhibu.parameters.packs import pack_of
from zhibu.parameters.public import OVERRIDDEN, PACK_APPLIED, WITHDRAWN
from zhibu.parameters.store import Change
from zhibu.storage.violations import unique_violation


async def override(
    act: Act,
    organization_id: UUID,
    name: str,
    since: date,
    value: Any,
    reason: str,
    *,
    document: str | None = None,
    article: str | None = None,
    clause: str | None = None,
) -> UUID:
    """Another value at the organization and below it from a date on; the id of the override."""
    unit = await organization_of(act, organization_id)
    act.require(PARAMETER_OVERRIDE, unit.path, seen_by=ORGANIZATION_READ)
    change = Change(
        id=new_id(),
        name=name,
        organization_id=unit.id,
        path=unit.path,
        since=since,
        value=value,
        reason=reason.strip(),
        document=document,
        article=article,
        clause=clause,
        pack=None,
        withdrawn_at=None,
        recorded_at=act.now,
    )
    refuse(_faults(act, change))
    await _write(act, [change])
    act.record(_event(OVERRIDDEN, change, act.parameters.value(name, unit.path, since).unit))
    return change.id


async def withdraw(act: Act, id: UUID, reason: str) -> None:
    """Take an override back: what stood below it holds again. It stays in the history."""
    found = await store.changes(act.session, act.tenant_id, id=id)
    if not found:
        raise NotFound()
    change = found[0]
    act.require(PARAMETER_OVERRIDE, change.path, seen_by=PARAMETER_READ)
    if change.withdrawn_at is not None:
        day = change.withdrawn_at.astimezone(act.tenant.zone).date()
        raise errors.OverrideWithdrawn(path=("id",), withdrawn_on=day)
    if not reason.strip():
        raise errors.ParameterReasonMissing(path=("reason",))
    await store.withdraw(act.session, act.tenant_id, id, act.now)
    act.parameters = act.parameters.without(id)
    definition = act.parameters.definitions.get(change.name)
    event = _event(WITHDRAWN, change, definition.unit if definition else "")
    act.record(Event(**{**vars(event), "facts": {**event.facts, "reason": reason.strip()}}))


async def history(act: Act, name: str, organization_id: UUID) -> list[Change]:
    """What was ever set for this parameter at this organization itself, latest first."""
    unit = await organization_of(act, organization_id)
    act.require(PARAMETER_READ, unit.path, seen_by=ORGANIZATION_READ)
    return await store.changes(
        act.session, act.tenant_id, name=name, organization_id=organization_id
    )


async def apply_pack(act: Act, given: Mapping[str, Any]) -> list[UUID]:
    """Write what a rule pack sets, at the root or at the organizations it names by code.

    A value that already stands so is passed over: applying a pack twice changes nothing.
    Raises `PackIncomplete`, or `Refused` with every fault of the pack.
    """
    pack = pack_of(given)
    places = await store.organizations(act.session, act.tenant_id)
    if "" not in places:
        raise NotFound()
    root_path = places[""][1]
    act.require(PARAMETER_OVERRIDE, root_path)
    wanted: list[Change] = []
    faults: list[Invalid | Conflict] = []
    for index, line in enumerate(pack.overrides):
        place = places.get(line.organization)
        at = ("overrides", str(index))
        if place is None:
            unknown = line.organization
            faults.append(
                errors.PackOrganizationUnknown(path=at, pack=pack.name, organization=unknown)
            )
            continue
        change = Change(
            id=new_id(),
            name=line.name,
            organization_id=place[0],
            path=place[1],
            since=line.since,
            value=line.value,
            reason=line.reason,
            document=line.document or pack.document,
            article=line.article,
            clause=line.clause,
            pack=pack.name,
            withdrawn_at=None,
            recorded_at=act.now,
        )
        if not _stands(act, change):
            faults += _faults(act, change, at)
            wanted.append(change)
    refuse(faults)
    if wanted:
        await _write(act, wanted)
    facts = {"name": pack.name, "title": pack.title, "count": len(wanted)}
    act.record(Event(name=PACK_APPLIED, subject=("RulePack", None), path=root_path, facts=facts))
    return [change.id for change in wanted]


async def _write(act: Act, changes: list[Change]) -> None:
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


def _stands(act: Act, change: Change) -> bool:
    return any(
        (own.name, own.path, own.since, own.value)
        == (change.name, change.path, change.since, change.value)
        for own in act.parameters.overrides
    )


def _faults(act: Act, change: Change, at: tuple[str, ...] = ()) -> Iterator[Invalid | Conflict]:
    definition = act.parameters.definitions.get(change.name)
    if definition is None:
        yield errors.ParameterUnknown(path=(*at, "name"), name=change.name)
        return
    yield from _faults_of(definition, change, at)
    taken = any(
        (own.name, own.path, own.since) == (change.name, change.path, change.since)
        for own in act.parameters.overrides
    )
    if taken:
        yield errors.ParameterDayTaken(path=(*at, "since"), name=change.name, since=change.since)


def _faults_of(
    definition: Definition, change: Change, at: tuple[str, ...]
) -> Iterator[Invalid | Conflict]:
    if not change.reason:
        yield errors.ParameterReasonMissing(path=(*at, "reason"))
    if fault_of(definition.kind, definition.options, change.value):
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


def _event(name: str, change: Change, unit: str) -> Event:
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
        },
    )
