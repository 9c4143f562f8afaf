"""The branch decides, the level above reviews, members see it for days, and it is concluded."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import refuse
from zhibu.identifiers import new_id
from zhibu.organizations.public import Unit
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
from zhibu_scoring.rules.years import Decision, Review, Stand, Year
from zhibu_scoring.service import proposing
from zhibu_scoring.service.terms import closing_months
from zhibu_scoring.service.years import entering
from zhibu_scoring.service.years.objections import recorrect_vetoes
from zhibu_scoring.service.years.reckoning import changed
from zhibu_scoring.service.years.rolls import KIND, held, say
from zhibu_scoring.store import entries, objections, people
from zhibu_scoring.store import sums as entry_sums
from zhibu_scoring.store import years as store


async def decide(act: Act, id: UUID, decision: Decision) -> UUID:
    """What the branch's meeting or committee decided, as its minutes say it."""
    found, unit = await held(act, id, actions.YEAR_DECIDE)
    roll = await people.members_at(act.session, act.tenant_id, unit.id, found.year)
    members = roll.members
    await entries.hold(act.session, act.tenant_id, members)
    entered = entering.of(act, unit, decision.held_on, decision.late_reason)
    refuse(
        rules.deciding_refusals(
            found,
            decision,
            waiting=await entry_sums.waiting(act.session, act.tenant_id, members, found.year),
            changed=await changed(act, found, members, unit.path),
            unproposed=await _unproposed(act, found, members, unit),
            deciders=await entering.deciders(act, unit, decision),
            entered=entered,
            today=act.today,
        )
    )
    values = {**vars(decision), "minutes": decision.minutes.strip()}
    values["decided_late_reason"] = values.pop("late_reason")
    by = act.caller.account_id
    await store.change(act.session, act.tenant_id, id, **values, decided_by=by, stand=Stand.DECIDED)
    facts = {"year": found.year, "body": decision.body, "on": decision.held_on}
    say(act, YEAR_DECIDED, unit, (KIND, id), **facts)
    return id


async def review(act: Act, id: UUID, wanted: Review) -> UUID:
    """The organ committee approves what the branch decided, or returns it to be put right."""
    found, unit = await held(act, id, actions.REVIEW)
    by = act.caller.account_id
    entered = entering.of(act, unit, wanted.on or act.today, wanted.late_reason)
    refuse(rules.reviewing_refusals(found, wanted, entered, by=by, today=act.today))
    opinion = wanted.opinion.strip() or None
    await store.change(
        act.session,
        act.tenant_id,
        id,
        stand=Stand.REVIEWED if wanted.approved else Stand.RETURNED,
        reviewed_by=by,
        reviewed_on=entered.on,
        reviewed_late_reason=entered.late_reason,
        opinion=opinion,
    )
    name = YEAR_REVIEWED if wanted.approved else YEAR_RETURNED
    say(act, name, unit, (KIND, id), year=found.year, reason=opinion)
    return id


async def notice(
    act: Act, id: UUID, *, place: str, on: date, late_reason: str | None = None
) -> UUID:
    """Put it up for all to see, for as many days as the rules say (S4-32)."""
    found, unit = await held(act, id, actions.YEAR_DECIDE)
    entered = entering.of(act, unit, on, late_reason)
    refuse(rules.noticing_refusals(found, entered, place=place, today=act.today))
    days = act.parameters.whole("scoring.notice_days", unit.path, on) or 0
    counts = act.parameters.yes("scoring.notice_first_day_counts", unit.path, on)
    until = rules.last_day(on, days, first_counts=counts)
    await store.change(
        act.session,
        act.tenant_id,
        id,
        stand=Stand.NOTICED,
        noticed_on=on,
        notice_until=until,
        notice_place=place.strip(),
        noticed_late_reason=entered.late_reason,
    )
    say(act, YEAR_NOTICED, unit, (KIND, id), year=found.year, on=on, until=until)
    return id


async def conclude(act: Act, id: UUID) -> UUID:
    """The notice is over and nobody waits for an answer: this is what the year came to.

    A veto that the appraisal found meanwhile makes the member's year nothing; one that it took
    back makes it what counts.
    """
    found, unit = await held(act, id, actions.YEAR_DECIDE)
    waiting = await objections.unanswered(act.session, act.tenant_id, id)
    refuse(rules.concluding_refusals(found, objections=waiting, today=act.today))
    await recorrect_vetoes(act, found, unit)
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


async def _unproposed(act: Act, found: Year, members: Sequence[UUID], unit: Unit) -> int:
    """How much records say that nobody proposed yet; nothing of a year that takes no more."""
    if found.year not in rules.open_years(act.today, closing_months(act, unit.path)):
        return 0
    return await proposing.missing(act, members, found.year)
