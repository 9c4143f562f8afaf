"""One parameter at one organization: another value from a day on, and taking it back."""

from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import ORGANIZATION_READ, PARAMETER_READ
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.organizations.public import organization_of
from zhibu.parameters import errors, store
from zhibu.parameters.public import OVERRIDDEN, WITHDRAWN
from zhibu.parameters.service.writing import (
    event_of,
    faults,
    require_right,
    take_back,
    write,
)
from zhibu.parameters.store import Change


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
    require_right(act, name, unit.path, seen_by=ORGANIZATION_READ)
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
    refuse(faults(act, change))
    await write(act, [change])
    counted_in = act.parameters.value(name, unit.path, since).unit
    act.record(event_of(OVERRIDDEN, change, counted_in))
    return change.id


async def withdraw(act: Act, id: UUID, reason: str) -> None:
    """Take an override back: what stood below it holds again. It stays in the history."""
    found = await store.changes(act.session, act.tenant_id, id=id)
    if not found:
        raise NotFound()
    change = found[0]
    require_right(act, change.name, change.path, seen_by=PARAMETER_READ)
    if change.withdrawn_at is not None:
        day = change.withdrawn_at.astimezone(act.tenant.zone).date()
        raise errors.OverrideWithdrawn(path=("id",), withdrawn_on=day)
    if not reason.strip():
        raise errors.ParameterReasonMissing(path=("reason",))
    await take_back(act, id)
    definition = act.parameters.definitions.get(change.name)
    counted_in = definition.unit if definition else ""
    act.record(event_of(WITHDRAWN, change, counted_in, reason=reason.strip()))


async def history(act: Act, name: str, organization_id: UUID) -> list[Change]:
    """What was ever set for this parameter at this organization itself, latest first."""
    unit = await organization_of(act, organization_id)
    act.require(PARAMETER_READ, unit.path, seen_by=ORGANIZATION_READ)
    return await store.changes(
        act.session, act.tenant_id, name=name, organization_id=organization_id
    )
