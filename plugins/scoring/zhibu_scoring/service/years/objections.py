"""Members object while a year is put up; the branch looks into it, explains or corrects."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import member_of
from zhibu.organizations.public import Unit
from zhibu_scoring import actions
from zhibu_scoring.errors.years import NothingToCorrect, ResultDiffers
from zhibu_scoring.public import (
    OBJECTED,
    OBJECTION_ANSWERED,
    OBJECTION_ENTERED,
    RESULT_CORRECTED,
    YEAR_REOPENED,
)
from zhibu_scoring.rules import objections as rules
from zhibu_scoring.rules.accounts import Account
from zhibu_scoring.rules.late import VETO_ITEM, Settlement
from zhibu_scoring.rules.objections import Written
from zhibu_scoring.rules.results import Standing, results
from zhibu_scoring.rules.years import Outcome, Stand, Year, stand_refusals
from zhibu_scoring.service.events import said
from zhibu_scoring.service.years.reckoning import reckoned, terms, vetoes_of
from zhibu_scoring.service.years.rolls import KIND as YEAR
from zhibu_scoring.service.years.rolls import held, one_of, say
from zhibu_scoring.store import entries, late, years
from zhibu_scoring.store import objections as store

KIND = "ScoringObjection"
VETOED, VETO_GONE = "民主评议党员认定一票否决", "民主评议党员撤回一票否决的认定"


async def raise_one(act: Act, year_id: UUID, member_id: UUID, body: str) -> UUID:
    """Object to what a member's year is said to have come to; whoever moved away, to his."""
    rows = await years.results_of(act.session, act.tenant_id, year_id)
    members = {row.member_id for row in rows}
    found, unit = await held(act, year_id, actions.OBJECT, of=members & {member_id})
    refuse(rules.raising_refusals(found, member_id, members, body, act.today))
    member = await one_of(act, unit, member_id)
    id = new_id()
    values = {
        "id": id,
        "year_id": year_id,
        "member_id": member_id,
        "body": body.strip(),
        "raised_by": act.caller.account_id,
        "raiser_id": act.caller.member_id,
        "raised_on": act.today,
    }
    await store.add(act.session, act.tenant_id, values)
    said(act, OBJECTED, (KIND, id), member, year=found.year, reason=body.strip())
    return id


async def enter(act: Act, year_id: UUID, written: Written) -> UUID:
    """Enter what somebody handed in on paper while the notice ran.

    A year that was concluded meanwhile waits for the answer again: it left one out.
    """
    found, unit = await held(act, year_id, actions.YEAR_DECIDE)
    rows = await years.results_of(act.session, act.tenant_id, year_id)
    members = {row.member_id for row in rows}
    refuse(rules.entering_refusals(found, written, members, act.today))
    member = await one_of(act, unit, written.member_id)
    if written.raiser_id is not None and written.raiser_id not in members:
        await member_of(act, written.raiser_id)  # one of the year may have moved away since
    id = new_id()
    values = {
        "id": id,
        "year_id": year_id,
        "member_id": member.id,
        "body": written.body.strip(),
        "raiser_id": written.raiser_id,
        "raised_on": written.handed_in_on,
        "entered_by": act.caller.account_id,
        "entered_on": act.today,
        "late_reason": written.reason.strip(),
    }
    await store.add(act.session, act.tenant_id, values)
    facts: dict[str, Any] = {"year": found.year, "on": written.handed_in_on}
    said(act, OBJECTION_ENTERED, (KIND, id), member, **facts, reason=written.body.strip())
    if found.stand is Stand.CONCLUDED:
        waits = {"concluded_by": None, "concluded_on": None, "reopened_on": act.today}
        await years.change(act.session, act.tenant_id, year_id, **waits, stand=Stand.NOTICED)
        say(act, YEAR_REOPENED, unit, (YEAR, year_id), **facts, reason=written.reason.strip())
    return id


async def answer(act: Act, id: UUID, outcome: Outcome, words: str) -> UUID:
    """Explain, or correct the result by what counts now, once the entries were put right."""
    first = await store.objection(act.session, act.tenant_id, id)
    if first is None:
        raise NotFound()
    year, unit = await held(act, first.year_id, actions.YEAR_DECIDE)
    found = await store.objection(act.session, act.tenant_id, id) or first
    by, who = act.caller.account_id, act.caller.member_id
    refuse(rules.answering_refusals(found, by=by, member_id=who, answer=words))
    member = await one_of(act, unit, found.member_id)
    if outcome is Outcome.CORRECTED:
        refuse(stand_refusals(year, Stand.NOTICED))
        changed = await recorrect(act, year, unit, words.strip(), {member.id})
        if member.id not in changed:
            raise NothingToCorrect(path=("outcome",))
    elif year.stand is Stand.NOTICED and await _differs(act, year, unit, member.id):
        raise ResultDiffers(path=("outcome",))
    await store.answer(
        act.session,
        act.tenant_id,
        id,
        outcome=outcome,
        answer=words.strip(),
        answered_by=by,
        answered_on=act.today,
    )
    facts: dict[str, Any] = {"year": year.year, "outcome": outcome, "reason": words.strip()}
    said(act, OBJECTION_ANSWERED, (KIND, id), member, **facts)
    return id


async def recorrect(
    act: Act, year: Year, unit: Unit, reason: str, whose: Collection[UUID]
) -> set[UUID]:
    """Write what counts now of these members over what was put up; of whom anything changed.

    Others keep what was decided of them; only their places may follow. So does a veto that
    the level above left as it was when the year was concluded before.
    """
    rows = await years.results_of(act.session, act.tenant_id, year.id)
    kept = {row.member_id: row for row in rows}
    await entries.hold(act.session, act.tenant_id, whose)
    fresh, _ = await reckoned(act, [id for id in kept if id in whose], unit.path, year.year)
    standings = {id: _decided(row) for id, row in kept.items()}
    for id in await _left(act, year, whose):
        fresh = [replace(e, veto=standings[id].veto) if e.member_id == id else e for e in fresh]
    standings |= {each.member_id: each for each in fresh}
    changed = set()
    rewritten = []
    for each in results(standings.values(), terms(act, unit.path, year.year)):
        old = kept[each.member_id]
        if all(getattr(each, name) == getattr(old, name) for name in years.KEPT):
            continue
        row = {**old._mapping, **{name: getattr(each, name) for name in years.KEPT}}
        if each.member_id in whose:
            changed.add(each.member_id)
            row |= {"corrected_on": act.today, "correction": reason}
        rewritten.append(row)
    if rewritten:
        await years.correct(act.session, rewritten)
    for id in sorted(changed):
        facts: dict[str, Any] = {"year": year.year, "reason": reason}
        about = await one_of(act, unit, id)
        said(act, RESULT_CORRECTED, (YEAR, year.id), about, **facts)
    return changed


async def recorrect_vetoes(act: Act, year: Year, unit: Unit) -> None:
    """A veto that the appraisal found since makes the member's year nothing (S4-19).

    One that it took back since makes it what counts. Of a reopened year either is a late fact.
    """
    if year.reopened:
        return
    rows = await years.results_of(act.session, act.tenant_id, year.id)
    before = {row.member_id for row in rows if row.veto_reason is not None}
    now = await vetoes_of(act, [row.member_id for row in rows], year.year)
    for reason, whose in ((VETOED, now.keys() - before), (VETO_GONE, before - now.keys())):
        if whose:
            await recorrect(act, year, unit, reason, whose)


async def _left(act: Act, year: Year, whose: Collection[UUID]) -> set[UUID]:
    """Of whom the level above left a veto that came, or went, after the year was concluded."""
    if not year.reopened:
        return set()
    return {
        each.fact.member_id
        for each in await late.of_members(act.session, act.tenant_id, whose, year.year)
        if each.settlement is Settlement.LEFT and each.fact.item == VETO_ITEM
    }


async def _differs(act: Act, year: Year, unit: Unit, member_id: UUID) -> bool:
    """Whether a member's points were put right since they were put up."""
    await entries.hold(act.session, act.tenant_id, [member_id])
    rows = await years.results_of(act.session, act.tenant_id, year.id)
    [now], _ = await reckoned(act, [member_id], unit.path, year.year)
    return any(_decided(row).account != now.account for row in rows if row.member_id == member_id)


def _decided(row: Any) -> Standing:
    """What was decided of a member, as it was put up."""
    if row.base is None:
        return Standing(member_id=row.member_id, account=None, veto=row.veto_reason)
    vetoed = row.vetoed and row.veto_reason is None
    account = Account(base=row.base, plus=row.plus, minus=row.minus, vetoed=vetoed)
    return Standing(member_id=row.member_id, account=account, veto=row.veto_reason)
