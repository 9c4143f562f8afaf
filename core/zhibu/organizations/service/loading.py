"""What every change of the tree loads and asks first."""

from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.actions import Action
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.errors import NotFound
from zhibu.organizations import store
from zhibu.organizations.errors import LaterChangeRecorded, ReasonMissing, VersionStale
from zhibu.organizations.rules import Period, Unit, period_on


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


async def unmoved_since(act: Act, unit: Unit, on: date) -> list[Period]:
    """The unit's history, if it stands where it stood on that day.

    A change entered late must not slip below a later one: raises `LaterChangeRecorded`, or
    `BeforeFounding` when there was no such unit yet.
    """
    periods = await store.periods_of(act.session, act.tenant_id, unit.id)
    if period_on(periods, on).path != unit.path:
        later = next(p.since for p in periods if p.path == unit.path)
        raise LaterChangeRecorded(path=("on",), since=later)
    return periods


def reasoned(reason: str) -> str:
    """The reason, which nobody may leave out. Raises `ReasonMissing`."""
    if not reason.strip():
        raise ReasonMissing(path=("reason",))
    return reason.strip()
