"""Recording what others decided: honours and punishments. Points follow as proposals."""

from collections.abc import Collection
from uuid import UUID

from zhibu.act import Act
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import MemberFacts
from zhibu_scoring import actions
from zhibu_scoring.errors import SchemeMalformed
from zhibu_scoring.errors.facts import OwnFact
from zhibu_scoring.public import FACT_RECORDED, FACT_VOIDED, PROPOSAL_PUT_OFF
from zhibu_scoring.rules import facts as rules
from zhibu_scoring.rules.facts import Fact, KnownFact
from zhibu_scoring.service import proposing
from zhibu_scoring.service.events import said
from zhibu_scoring.service.homes import member_in, whose_year
from zhibu_scoring.service.proposed import GONE
from zhibu_scoring.service.terms import counting_years
from zhibu_scoring.store import entries as entry_store
from zhibu_scoring.store import facts as store

KIND, SCORING = "ScoringFact", actions.FACT.plugin


async def record(act: Act, fact: Fact) -> UUID:
    """Record a decision of others; its points wait for the branch."""
    member = await member_in(act, fact.member_id, fact.decided_on.year)
    act.require(actions.FACT, member.path, member.id)
    await entry_store.hold(act.session, act.tenant_id, [member.id])
    known = await _known(act, member, fact)
    refuse(
        rules.refusals(
            fact,
            known,
            admitted_on=member.admitted_on,
            left_on=member.left_on,
            today=act.today,
        )
    )
    return await _put(act, member, fact)


async def void(act: Act, id: UUID, *, reason: str) -> UUID:
    """Take a fact back; what it proposed goes with it."""
    found = await store.fact(act.session, act.tenant_id, id)
    if found is None:
        raise NotFound()
    member = await member_in(act, found.fact.member_id, found.fact.decided_on.year)
    act.require(actions.FACT, member.path, member.id, seen_by=actions.READ)
    await entry_store.hold(act.session, act.tenant_id, [member.id])
    found = await store.fact(act.session, act.tenant_id, id) or found
    refuse(rules.voiding_refusals(found, reason))
    if act.caller.member_id == member.id:
        raise OwnFact(path=("fact",))
    await _take_back(act, member, found, reason.strip())
    return id


async def tell(act: Act, fact: Fact, *, kind: str, id: UUID, late: bool = False) -> UUID | None:
    """What a sibling's record says of a member now: instead of what it said before.

    The sibling has authorised the act. Nothing changes where it says the same; none where scoring
    is off, or of a day on which he was no member. While somebody's record of the same decision by
    hand stands, that one counts instead. A scheme that cannot be read keeps no sibling from its
    record: what it says is proposed in the night after the scheme is put right. What is told `late`
    proposes nothing for a year that takes no points any more: it is noted where that is decided.
    """
    member = await whose_year(act, fact.member_id, fact.decided_on.year)
    await entry_store.hold(act.session, act.tenant_id, [member.id])
    for known in await store.of_source(act.session, act.tenant_id, kind, id):
        if not known.voided and known.fact == fact:
            return known.id
        if not known.voided:
            await _take_back(act, member, known, GONE, of_sibling=True)
    on = act.switches.enabled(actions.FACT.plugin, member.path)
    if not on or not rules.fell_on(fact, member.admitted_on, member.left_on):
        return None
    is_open = not late or fact.decided_on.year in counting_years(act, member.path)
    return await _put(act, member, fact, source=(kind, id), is_open=is_open)


async def untell(act: Act, *, kind: str, id: UUID, reason: str) -> None:
    """The sibling's record says nothing any more."""
    for known in await store.of_source(act.session, act.tenant_id, kind, id):
        if not known.voided:
            member = await whose_year(act, known.fact.member_id, known.fact.decided_on.year)
            await _take_back(act, member, known, reason, of_sibling=True)


async def untold(act: Act, *, kind: str, ids: Collection[UUID]) -> set[UUID]:
    """Of which of these records of a sibling nothing is known, or nothing stands."""
    return {*ids} - await store.told(act.session, act.tenant_id, kind, ids) if ids else set()


async def _known(act: Act, member: MemberFacts, fact: Fact) -> Collection[KnownFact]:
    """What is known of the member in the year of a fact. He is held."""
    year = fact.decided_on.year
    return await store.of_members(act.session, act.tenant_id, [member.id], year)


async def _put(
    act: Act,
    member: MemberFacts,
    fact: Fact,
    *,
    source: tuple[str, UUID] | None = None,
    is_open: bool = True,
) -> UUID:
    id = new_id()
    values = {
        "id": id,
        **vars(fact),
        "title": fact.title.strip(),
        "document": fact.document.strip(),
        "recorded_by": act.caller.account_id,
        "recorder_id": act.caller.member_id,
        "recorded_on": act.today,
        "source_kind": source[0] if source else None,
        "source_id": source[1] if source else None,
    }
    await store.add(act.session, act.tenant_id, values)
    _say(act, FACT_RECORDED, member, id, fact)
    await _propose(act, member, (id, fact), of_sibling=source is not None, is_open=is_open)
    return id


async def _take_back(
    act: Act, member: MemberFacts, known: KnownFact, reason: str, *, of_sibling: bool = False
) -> None:
    await store.void(
        act.session,
        act.tenant_id,
        known.id,
        by=act.caller.account_id,
        on=act.today,
        reason=reason,
    )
    _say(act, FACT_VOIDED, member, known.id, known.fact, reason=reason)
    await _propose(act, member, (known.id, known.fact), of_sibling=of_sibling)


async def _propose(
    act: Act,
    member: MemberFacts,
    known: tuple[UUID, Fact],
    *,
    of_sibling: bool,
    is_open: bool = True,
) -> None:
    """Let points follow; the ledger says so where the scheme lets none follow a sibling's word."""
    id, fact = known
    year = fact.decided_on.year
    try:
        await proposing.of(act, [member.id], year, is_open=is_open)
    except SchemeMalformed as fault:
        if not of_sibling:
            raise
        about = {"item": fault.facts["item"], "title": fact.title.strip(), "year": year}
        said(act, PROPOSAL_PUT_OFF, (KIND, id), member, **about)


def _say(
    act: Act, name: str, member: MemberFacts, id: UUID, fact: Fact, reason: str | None = None
) -> None:
    said(
        act,
        name,
        (KIND, id),
        member,
        kind=fact.kind,
        title=fact.title.strip(),
        document=fact.document.strip(),
        on=fact.decided_on,
        reason=reason,
    )
