"""What every change of the tree loads and asks first."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.errors import Conflict, NotFound
from zhibu.organizations import rules, store
from zhibu.organizations.errors import LaterChangeRecorded, VersionStale
from zhibu.organizations.rules import Unit, period_on


async def unit_for(act: Act, id: UUID, action: Action, *, version: int | None = None) -> Unit:
    """The unit, if the caller may do this to it. Raises `VersionStale` when it has changed."""
    unit = await store.unit(act.session, act.tenant_id, id, alone=True)
    if unit is None:
        raise NotFound()
    act.require(action, unit.path, seen_by=ORGANIZATION_READ)
    if version is not None and version != unit.version:
        raise VersionStale(path=("version",), version=version, current=unit.version)
    return unit


async def parent_of(act: Act, unit: Unit) -> Unit | None:
    if unit.parent_id is None:
        return None
    return await store.unit(act.session, act.tenant_id, unit.parent_id)


async def late_faults(act: Act, units: Sequence[Unit], on: date) -> list[Conflict]:
    """Which of the units do not stand where they stood on that day.

    A change entered late must not slip below a later one: `LaterChangeRecorded`, or
    `BeforeFounding` when there was no such unit yet.
    """
    history = await store.periods_of(act.session, act.tenant_id, *(unit.id for unit in units))
    found: list[Conflict] = []
    for unit in units:
        if unit.ended_on is not None:
            continue  # refused by name already
        periods = [period for period in history if period.organization_id == unit.id]
        try:
            stood = period_on(periods, on)
        except Conflict as error:
            found.append(error)
            continue
        if stood.path != unit.path:
            later = next(p.since for p in periods if p.path == unit.path)
            found.append(LaterChangeRecorded(path=("on",), since=later))
    return found


async def ending_faults(act: Act, unit: Unit, on: date) -> list[Conflict]:
    """Why the unit cannot have ended that day: what is on record of it lasted or lasts longer."""
    last = await store.last_recorded(act.session, act.tenant_id, unit.id, on)
    return rules.ending_faults(unit, last, on)
