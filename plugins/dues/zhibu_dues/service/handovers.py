"""Reconciling what was collected, and handing it upward."""

from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.core_actions import ORGANIZATION_READ
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.organizations.public import Unit, organization_of
from zhibu_dues import actions
from zhibu_dues.public import HANDED_OVER, HANDOVER_RECEIVED, HANDOVER_RETURNED
from zhibu_dues.rules import handovers as rules
from zhibu_dues.rules.handovers import Handover, HandoverState
from zhibu_dues.rules.payments import yuan
from zhibu_dues.service.bases import stale
from zhibu_dues.service.events import at
from zhibu_dues.store import handovers as store
from zhibu_dues.store import people

KIND = "DuesHandover"


async def hand_over(act: Act, organization_id: UUID, until: date) -> UUID:
    """Hand over what an organization holds by that day, or the share that goes upward."""
    unit = await organization_of(act, organization_id)
    act.require(actions.HAND_OVER, unit.path, seen_by=ORGANIZATION_READ)
    await people.hold_unit(act.session, act.tenant_id, unit.id)
    held, payments = await store.held(act.session, act.tenant_id, unit.id, until)
    refuse(rules.handing_refusals(held, above=unit.parent_id, until=until, today=act.today))
    share = act.parameters.value("dues.share_sent_up", unit.path, until)
    percent = min(share.value if share.value is not None else 100, 100)
    id = new_id()
    fen = held.sent_up(percent)
    await store.hand_over(
        act.session,
        act.tenant_id,
        {
            "id": id,
            "organization_id": unit.id,
            "above_id": unit.parent_id,
            "year": until.year,
            "until": until,
            "collected_fen": held.collected_fen,
            "received_fen": held.received_fen,
            "percent": percent,
            "fen": fen,
            "payments": payments,
            "state": HandoverState.HANDED,
            "handed_by": act.caller.account_id,
            "handed_on": act.today,
            "version": 1,
        },
    )
    act.touch(unit.id)
    facts = {"until": until, "yuan": yuan(fen), "percent": percent, "payments": payments}
    at(act, HANDED_OVER, (KIND, id), unit.path, basis=share.basis, **facts)
    return id


async def receive(act: Act, id: UUID, *, version: int | None = None) -> None:
    """Say that the money came; whoever is responsible above does, not whoever handed it over."""
    found, unit = await _handover(act, id)
    await _require_above(act, found, unit)
    await people.hold_unit(act.session, act.tenant_id, found.organization_id)
    await people.hold_unit(act.session, act.tenant_id, found.above_id)
    found, _ = await _handover(act, id)
    caller = act.caller.account_id
    refuse([*rules.receiving_refusals(found, account_id=caller), *stale(found.version, version)])
    values = {"state": HandoverState.RECEIVED, "received_by": caller, "received_on": act.today}
    await store.change(act.session, act.tenant_id, id, values)
    act.touch(found.organization_id)
    at(act, HANDOVER_RECEIVED, (KIND, id), unit.path, yuan=yuan(found.fen))


async def send_back(act: Act, id: UUID, *, reason: str, version: int | None = None) -> None:
    """Return what does not agree, with the reason: it is in hand below again."""
    found, unit = await _handover(act, id)
    await _require_above(act, found, unit)
    await people.hold_unit(act.session, act.tenant_id, found.organization_id)
    await people.hold_unit(act.session, act.tenant_id, found.above_id)
    found, _ = await _handover(act, id)
    refuse([*rules.returning_refusals(found, reason), *stale(found.version, version)])
    values = {
        "state": HandoverState.RETURNED,
        "returned_on": act.today,
        "return_reason": reason.strip(),
    }
    await store.change(act.session, act.tenant_id, id, values)
    await store.release(act.session, act.tenant_id, id)
    act.touch(found.organization_id)
    at(
        act,
        HANDOVER_RETURNED,
        (KIND, id),
        unit.path,
        yuan=yuan(found.fen),
        reason=reason.strip(),
    )


async def _handover(act: Act, id: UUID) -> tuple[Handover, Unit]:
    found = await store.handover(act.session, act.tenant_id, id)
    if found is None:
        raise NotFound()
    return found, await organization_of(act, found.organization_id)


async def _require_above(act: Act, found: Handover, unit: Unit) -> None:
    above = await organization_of(act, found.above_id, seen_by=None)
    act.require(actions.RECEIVE, above.path, seen_by=ORGANIZATION_READ)
    act.require(actions.READ, unit.path, seen_by=ORGANIZATION_READ)
