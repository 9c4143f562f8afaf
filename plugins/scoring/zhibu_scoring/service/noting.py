"""Facts that come late for a decided year: noted, never counted; people decide what follows."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound, refuse
from zhibu.members.public import MemberFacts
from zhibu_scoring import actions
from zhibu_scoring.public import LATE_FACT_LEFT, LATE_FACT_NOTED, LATE_FACT_SETTLED
from zhibu_scoring.rules import late as rules
from zhibu_scoring.rules.late import LateFact, Settlement
from zhibu_scoring.rules.schemes import Scheme
from zhibu_scoring.rules.steps import Steps
from zhibu_scoring.service.events import said, signed
from zhibu_scoring.service.homes import member_in
from zhibu_scoring.service.years.reckoning import vetoes_of
from zhibu_scoring.store import entries
from zhibu_scoring.store import late as store
from zhibu_scoring.store.closing import Closed

KIND = "ScoringLateFact"
VETO, VETO_NAME = "OrganizationLifeAppraisal", "民主评议认定一票否决"
VETO_GONE = "民主评议一票否决的认定已撤回"


def facts(
    member_id: UUID, year: int, made: Steps, found: Scheme, decided: Closed
) -> Iterator[LateFact]:
    """What would be proposed, or proposed to be reversed, were the year not decided."""
    about: dict[str, Any] = {"year_id": decided.year_id, "member_id": member_id, "year": year}
    for each in made.propose:
        item = found.items[each.item]
        yield LateFact(
            **about,
            source=each.source,
            item=item.code,
            name=item.name,
            points=signed(item.part, item.points or Decimal(0), reverses=False),
            happened_on=each.happened_on,
            description=each.description,
        )
    for entry in made.reverse:
        yield LateFact(
            **about,
            source=f"-{entry.source}",
            item=entry.entry.item,
            name=entry.name,
            points=signed(entry.part, entry.points, reverses=True),
            happened_on=entry.entry.happened_on,
            description=entry.entry.description,
            reverses=entry.id,
        )


async def note(
    act: Act,
    who: Mapping[UUID, MemberFacts],
    year: int,
    late: Collection[LateFact],
    closed: Mapping[tuple[UUID, int], Closed],
) -> None:
    """Make the list of late facts of these members' year agree with the records."""
    decided = {id: closed[id, year] for id in who if (id, year) in closed}
    known = await store.of_members(act.session, act.tenant_id, who, year)
    if not decided and not known:
        return
    wanted = [*late, *await _vetoes(act, decided, year)]
    made = rules.changes(wanted, known, who.keys() - decided.keys())
    ids = await store.add(act.session, act.tenant_id, made.new, act.today)
    if made.again:
        nothing = dict.fromkeys(("settled_on", "settlement", "settled_by", "reason"))
        again = [each.id for each in made.again]
        values = {**nothing, "noted_on": act.today}
        await store.settle(act.session, act.tenant_id, again, **values)
    waiting = [*zip(ids, made.new, strict=True), *((e.id, e.fact) for e in made.again)]
    for id, fact in waiting:
        _say(act, LATE_FACT_NOTED, id, fact, who[fact.member_id], fact.description)
    for how, settled in made.settled.items():
        gone = [each.id for each in settled]
        values = {"settled_on": act.today, "settlement": how}
        await store.settle(act.session, act.tenant_id, gone, **values)
        for each in settled:
            member = who[each.fact.member_id]
            _say(act, LATE_FACT_SETTLED, each.id, each.fact, member, settlement=how)


async def leave(act: Act, id: UUID, reason: str) -> UUID:
    """Leave a decided year as it is, whatever came late, with the reason."""
    found, member = await _found(act, id)
    refuse(rules.leaving_refusals(found, by=act.caller.member_id, reason=reason))
    await store.settle(
        act.session,
        act.tenant_id,
        [id],
        settled_on=act.today,
        settlement=Settlement.LEFT,
        settled_by=act.caller.account_id,
        reason=reason.strip(),
    )
    _say(act, LATE_FACT_LEFT, id, found.fact, member, reason.strip())
    return id


async def reopen(act: Act, id: UUID, reason: str) -> UUID:
    """Let what was left by mistake wait again."""
    found, member = await _found(act, id)
    refuse(rules.reopening_refusals(found, by=act.caller.member_id, reason=reason))
    nothing = dict.fromkeys(("settled_on", "settlement", "settled_by", "reason"))
    await store.settle(act.session, act.tenant_id, [id], **nothing)
    _say(act, LATE_FACT_NOTED, id, found.fact, member, reason.strip())
    return id


async def _found(act: Act, id: UUID) -> tuple[rules.Noted, MemberFacts]:
    """A late fact and its member, held, for whoever reviews what branches decided."""
    first = await store.late_fact(act.session, act.tenant_id, id)
    if first is None:
        raise NotFound()
    member = await member_in(act, first.fact.member_id, first.fact.year)
    act.require(actions.REVIEW, member.path, member.id, seen_by=actions.READ)
    await entries.hold(act.session, act.tenant_id, [member.id])
    return await store.late_fact(act.session, act.tenant_id, id) or first, member


async def _vetoes(act: Act, decided: Mapping[UUID, Closed], year: int) -> list[LateFact]:
    """Vetoes that an appraisal published, or took back, after the year was concluded (S4-19)."""
    over = {id: each for id, each in decided.items() if each.concluded}
    if not over:
        return []
    found = await vetoes_of(act, over, year)
    new = {id: reason or VETO_NAME for id, reason in found.items() if not over[id].vetoed}
    gone = {id: VETO_GONE for id, each in over.items() if each.appraised and id not in found}
    return [
        LateFact(
            year_id=over[id].year_id,
            member_id=id,
            year=year,
            source=VETO if id in new else f"-{VETO}",
            item=rules.VETO_ITEM,
            name=VETO_NAME,
            points=Decimal(0),
            happened_on=act.today,
            description=said_of,
        )
        for id, said_of in (new | gone).items()
    ]


def _say(
    act: Act,
    name: str,
    id: UUID,
    fact: LateFact,
    member: MemberFacts,
    reason: str | None = None,
    **facts: Any,
) -> None:
    told = {"item": fact.name, "points": fact.points, "year": fact.year, **facts}
    said(act, name, (KIND, id), member, **told, reason=reason)
