"""Reports on members away: made from the records, handed up, accepted or returned."""

from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.calendar import checked_year
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.organizations.public import organization_of, organizations_above
from zhibu_flow_members import actions
from zhibu_flow_members.public import (
    SUMMARY_ACCEPTED,
    SUMMARY_RETURNED,
    SUMMARY_SUBMITTED,
)
from zhibu_flow_members.rules import summaries as rules
from zhibu_flow_members.rules.summaries import WHOLE, Stand, Summary
from zhibu_flow_members.service.events import told
from zhibu_flow_members.store import counting
from zhibu_flow_members.store import summaries as store

SUBJECT = "FlowMembersSummary"


async def submit(
    act: Act, organization_id: UUID, year: int, half: int = WHOLE, *, note: str | None = None
) -> UUID:
    """Count the records of a period and hand the report up (S1-25, S1-26, S1-40)."""
    unit = await organization_of(act, organization_id)
    act.require(actions.SUBMIT, unit.path)
    checked_year(year)
    refuse(rules.period_refusals(unit.kind, half))
    session, tenant = act.session, act.tenant_id
    reported = await store.periods(session, tenant, unit.id, whole=half == WHOLE)
    since, until = rules.bounds_of(year, half, reported, today=act.today)
    _, last = rules.period_of(year, half)
    missing = 0
    if unit.kind in rules.YEARLY:
        missing = await store.missing(session, tenant, unit.path, year, half, since, until)
    known = await store.of_period(session, tenant, unit.id, year, half)
    refuse(rules.submitting_refusals(known, last, missing=missing, note=note, today=act.today))
    id = known.id if known else new_id()
    row = {
        "id": id,
        "organization_id": unit.id,
        "year": year,
        "half": half,
        "since": since,
        "until": until,
        **await counting.counted(session, tenant, unit.path, since, until),
        "incoming": await counting.incoming(session, tenant, unit.path, until),
        "missing": missing,
        "note": (note or "").strip() or None,
        "state": Stand.SUBMITTED,
        "submitted_on": act.today,
        "submitted_by": act.caller.account_id,
        "decided_on": None,
        "decided_by": None,
        "return_reason": None,
        "recorded_at": act.now,
    }
    await store.write(session, tenant, known.id if known else None, row)
    facts = {"year": year, "half": half, "away": row["away"]}
    _say(act, SUMMARY_SUBMITTED, id, unit.path, **facts)
    return id


async def accept(act: Act, id: UUID) -> None:
    """The level above takes the report."""
    await _decide(act, id, Stand.ACCEPTED)


async def give_back(act: Act, id: UUID, *, reason: str) -> None:
    """The level above returns the report with a reason; it is made anew and submitted again."""
    await _decide(act, id, Stand.RETURNED, reason)


async def _decide(act: Act, id: UUID, state: Stand, reason: str | None = None) -> None:
    known = await _summary(act, id)
    act.require(actions.SUMMARY_READ, known.path, seen_by=actions.SUMMARY_READ)
    above = await organizations_above(act, known.path)
    act.require(actions.SUMMARY_DECIDE, above[min(1, len(above) - 1)].path)
    returns = state is Stand.RETURNED
    decider = act.caller.account_id
    refuse(rules.deciding_refusals(known, decider=decider, reason=reason, returns=returns))
    values: dict[str, Any] = {"state": state, "decided_on": act.today, "decided_by": decider}
    if returns:
        values["return_reason"] = (reason or "").strip()
    await store.change(act.session, act.tenant_id, id, **values)
    name = SUMMARY_RETURNED if returns else SUMMARY_ACCEPTED
    _say(act, name, id, known.path, on=act.today, reason=reason)


async def _summary(act: Act, id: UUID) -> Summary:
    found = await store.summary(act.session, act.tenant_id, id)
    if found is None:
        raise NotFound()
    return found


def _say(act: Act, name: str, id: UUID, path: str, **facts: Any) -> None:
    act.record(Event(name=name, subject=(SUBJECT, id), path=path, facts=told(facts)))
