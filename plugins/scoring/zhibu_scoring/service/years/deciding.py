"""The branch decides, the level above reviews, members see it for days, and it is concluded."""

from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import refuse
from zhibu.identifiers import new_id
from zhibu.organizations.public import Unit, holders_on
from zhibu_scoring import actions
from zhibu_scoring.public import (
    YEAR_CONCLUDED,
    YEAR_DECIDED,
    YEAR_INSPECTED,
    YEAR_NOTICED,
    YEAR_RETURNED,
    YEAR_REVIEWED,
)
from zhibu_scoring.rules import years as rules
from zhibu_scoring.rules.years import Decision, Share, Stand
from zhibu_scoring.service.years.objections import recorrect_vetoes
from zhibu_scoring.service.years.reckoning import changed
from zhibu_scoring.service.years.rolls import KIND, held, say
from zhibu_scoring.store import entries, objections, people
from zhibu_scoring.store import years as store

VETOED = "民主评议党员认定一票否决"


async def decide(act: Act, id: UUID, decision: Decision) -> UUID:
    """What the branch's meeting or committee decided, as its minutes say it."""
    found, unit = await held(act, id, actions.YEAR_DECIDE)
    members = await people.members_at(act.session, act.tenant_id, unit.id, found.year)
    await entries.hold(act.session, act.tenant_id, members)
    refuse(
        rules.deciding_refusals(
            found,
            decision,
            waiting=await store.waiting(act.session, act.tenant_id, members, found.year),
            changed=await changed(act, found, members, unit.path),
            seats=len(await holders_on(act, unit.id, decision.held_on)),
            quorum=_share(act, "scoring.decision_quorum", unit, decision.held_on),
            majority=_share(act, "scoring.decision_majority", unit, decision.held_on),
            today=act.today,
        )
    )
    values = {**vars(decision), "minutes": decision.minutes.strip()}
    by = act.caller.account_id
    await store.change(act.session, act.tenant_id, id, **values, decided_by=by, stand=Stand.DECIDED)
    facts = {"year": found.year, "body": decision.body, "on": decision.held_on}
    say(act, YEAR_DECIDED, unit, (KIND, id), **facts)
    return id


async def review(act: Act, id: UUID, *, approved: bool, opinion: str) -> UUID:
    """The organ committee approves what the branch decided, or returns it to be put right."""
    found, unit = await held(act, id, actions.REVIEW)
    by = act.caller.account_id
    refuse(rules.reviewing_refusals(found, by=by, approved=approved, opinion=opinion))
    await store.change(
        act.session,
        act.tenant_id,
        id,
        stand=Stand.REVIEWED if approved else Stand.RETURNED,
        reviewed_by=by,
        reviewed_on=act.today,
        opinion=opinion.strip() or None,
    )
    name = YEAR_REVIEWED if approved else YEAR_RETURNED
    say(act, name, unit, (KIND, id), year=found.year, reason=opinion.strip() or None)
    return id


async def notice(act: Act, id: UUID, *, place: str, on: date) -> UUID:
    """Put it up for all to see, for as many days as the rules say (S4-32)."""
    found, unit = await held(act, id, actions.YEAR_DECIDE)
    refuse(rules.noticing_refusals(found, place, on, act.today))
    days = act.parameters.whole("scoring.notice_days", unit.path, on) or 0
    counts = act.parameters.yes("scoring.notice_first_day_counts", unit.path, on)
    until = rules.last_day(on, days, first_counts=counts)
    values = {"noticed_on": on, "notice_until": until, "notice_place": place.strip()}
    await store.change(act.session, act.tenant_id, id, **values, stand=Stand.NOTICED)
    say(act, YEAR_NOTICED, unit, (KIND, id), year=found.year, on=on, until=until)
    return id


async def conclude(act: Act, id: UUID) -> UUID:
    """The notice is over and nobody waits for an answer: this is what the year came to.

    A veto that the appraisal found meanwhile makes the member's year nothing.
    """
    found, unit = await held(act, id, actions.YEAR_DECIDE)
    waiting = await objections.unanswered(act.session, act.tenant_id, id)
    refuse(rules.concluding_refusals(found, objections=waiting, today=act.today))
    await recorrect_vetoes(act, found, unit, VETOED)
    by = act.caller.account_id
    values = {"concluded_by": by, "concluded_on": act.today}
    await store.change(act.session, act.tenant_id, id, **values, stand=Stand.CONCLUDED)
    say(act, YEAR_CONCLUDED, unit, (KIND, id), year=found.year)
    return id


async def inspect(act: Act, id: UUID, findings: str, *, returned: bool) -> UUID:
    """The working committee looked into it at random, and may have it put right (S4-31)."""
    found, unit = await held(act, id, actions.INSPECT)
    refuse(rules.inspecting_refusals(found, findings))
    await objections.inspect(
        act.session,
        act.tenant_id,
        {
            "id": new_id(),
            "year_id": id,
            "findings": findings.strip(),
            "returned": returned,
            "inspected_by": act.caller.account_id,
            "inspected_on": act.today,
        },
    )
    if returned:
        await store.change(act.session, act.tenant_id, id, stand=Stand.RETURNED)
    say(act, YEAR_INSPECTED, unit, (KIND, id), year=found.year, reason=findings.strip())
    return id


def _share(act: Act, name: str, unit: Unit, on: date) -> Share:
    """A part of a whole that must be reached; none at all where the unit sets none."""
    found = act.parameters.value(name, unit.path, on)
    part, whole = found.value or (0, 1)
    return Share(part=part, whole=whole, basis=found.basis)
