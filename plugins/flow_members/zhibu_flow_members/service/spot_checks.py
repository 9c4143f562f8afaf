"""Spot checks: drawn once a year by a seed that is kept, and told what was found."""

from datetime import date
from secrets import token_hex
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.lots import drawn
from zhibu.organizations.public import organization_of
from zhibu_flow_members import actions
from zhibu_flow_members.public import SPOT_CHECK_DRAWN, SPOT_CHECK_FOUND
from zhibu_flow_members.rules import spot_checks as rules
from zhibu_flow_members.service.amounts import limit
from zhibu_flow_members.service.events import told
from zhibu_flow_members.store import spot_checks as store


async def draw(act: Act, organization_id: UUID, count: int) -> UUID:
    """Draw this year's units from those right below where floating members are many.

    Nobody chooses the seed: it is made, and kept, so that anybody can draw again.
    """
    unit = await organization_of(act, organization_id)
    act.require(actions.SPOT_CHECK, unit.path)
    least = limit(act, "flow_members.concentrated_from", unit.path, act.today)
    found = await store.units(act.session, act.tenant_id, unit.id, act.today)
    ranking = rules.ranked(found, least=least.value)
    year = act.today.year
    known = await store.drawn_on(act.session, act.tenant_id, unit.id, year)
    refuse(rules.drawing_refusals(ranking, count, least=least, known=known))
    id = new_id()
    lot = token_hex(16)
    chosen = drawn([each.id for each in ranking], count, lot)
    row = {
        "id": id,
        "organization_id": unit.id,
        "year": year,
        "seed": lot,
        "count": count,
        "drawn_on": act.today,
        "drawn_by": act.caller.account_id,
        "recorded_at": act.now,
    }
    ranks = [
        {
            "id": new_id(),
            "check_id": id,
            "organization_id": unit.id,
            "unit_id": each.id,
            "rank": rank,
            "members": each.members,
            "drawn": each.id in chosen,
        }
        for rank, each in enumerate(ranking, 1)
    ]
    await store.add(act.session, act.tenant_id, row, ranks)
    facts = {"year": year, "seed": lot, "rows": len(chosen)}
    _say(act, SPOT_CHECK_DRAWN, "FlowMembersSpotCheck", id, unit.path, **facts)
    return id


async def find(
    act: Act, unit_id: UUID, on: date, result: str, *, reason: str | None = None
) -> None:
    """Tell what was found at a unit that was drawn."""
    known = await store.unit(act.session, act.tenant_id, unit_id)
    if known is None:
        raise NotFound()
    act.require(actions.SPOT_CHECK, known.path, seen_by=actions.SUMMARY_READ)
    refuse(rules.finding_refusals(known, on, result, reason=reason, today=act.today))
    await store.find(act.session, act.tenant_id, unit_id, on, result.strip())
    facts = {"on": on, "unit": known.unit_id, "reason": reason}
    _say(act, SPOT_CHECK_FOUND, "FlowMembersSpotUnit", unit_id, known.path, **facts)


def _say(act: Act, name: str, kind: str, id: UUID, path: str, **facts: Any) -> None:
    act.record(Event(name=name, subject=(kind, id), path=path, facts=told(facts)))
