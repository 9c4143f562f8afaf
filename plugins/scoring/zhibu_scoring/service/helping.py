"""Helping whoever had a low year: with whom, how, and what came of it (S4-36)."""

from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.calendar import checked_year
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import member_of
from zhibu_scoring import actions
from zhibu_scoring.public import HELP_ENDED, HELP_PLANNED
from zhibu_scoring.rules import help as rules
from zhibu_scoring.rules.help import HelpOutcome, Low, Plan
from zhibu_scoring.service.events import said
from zhibu_scoring.store import branches as store
from zhibu_scoring.store import entries, years

KIND = "ScoringHelp"


async def plan(act: Act, wanted: Plan) -> UUID:
    """Talk with a member whose year was low or behind, and let somebody help him."""
    member = await member_of(act, wanted.member_id)
    act.require(actions.HELP, member.path, member.id)
    checked_year(wanted.year)
    helper = await member_of(act, wanted.helper_id)
    await entries.hold(act.session, act.tenant_id, [member.id])
    known = await store.helps_of(act.session, act.tenant_id, [member.id])
    refuse(rules.planning_refusals(wanted, known, await lows_of(act, member.id, wanted.year, 1)))
    id = new_id()
    values = {
        "id": id,
        **vars(wanted),
        "plan": wanted.plan.strip(),
        "planned_by": act.caller.account_id,
        "planned_on": act.today,
    }
    await store.plan(act.session, act.tenant_id, values)
    facts: dict[str, Any] = {
        "year": wanted.year,
        "helper": helper.name,
        "reason": wanted.plan.strip(),
    }
    said(act, HELP_PLANNED, (KIND, id), member, **facts)
    return id


async def end(act: Act, id: UUID, outcome: HelpOutcome, words: str) -> UUID:
    """Say what came of the help."""
    first = await store.help_of(act.session, act.tenant_id, id)
    if first is None:
        raise NotFound()
    member = await member_of(act, first.member_id)
    act.require(actions.HELP, member.path, member.id, seen_by=actions.READ)
    await entries.hold(act.session, act.tenant_id, [member.id])
    found = await store.help_of(act.session, act.tenant_id, id) or first
    refuse(rules.ending_refusals(found, words))
    await store.end_help(
        act.session,
        act.tenant_id,
        id,
        outcome=outcome,
        result=words.strip(),
        ended_by=act.caller.account_id,
        ended_on=act.today,
    )
    facts: dict[str, Any] = {"year": found.year, "outcome": outcome, "reason": words.strip()}
    said(act, HELP_ENDED, (KIND, id), member, **facts)
    return id


async def lows_of(act: Act, member_id: UUID, year: int, in_a_row: int) -> list[Low]:
    """How low so many years of a member were, this one the last, where they were approved."""
    asked = range(year - in_a_row + 1, year + 1)
    rows = await years.approved(act.session, act.tenant_id, [member_id], asked)
    return [Low(year=row.year, low=row.low, behind=row.behind) for row in rows]
