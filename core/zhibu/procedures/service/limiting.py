"""Who has no vote, or is not counted: recorded as facts, each with what decided it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.core_actions import MEMBER_READ, PROCEDURE_PROPOSE, VOTE_LIMIT
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import member_of
from zhibu.procedures import names, store
from zhibu.procedures.rules import limiting as rules
from zhibu.procedures.rules.entitlement import EXCLUSIONS, SUSPENSIONS, Ground, Limit
from zhibu.procedures.rules.values import Outcome, Proposal
from zhibu.procedures.service.proposing import propose

EXCLUSION = "core.vote_exclusion"


async def exclude(
    act: Act,
    member_id: UUID,
    *,
    ground: Ground,
    since: date,
    until: date | None,
    reason: str,
    documents: Sequence[tuple[str, UUID]] = (),
) -> UUID:
    """Propose that a member is not counted: the superior consents, the meeting approves."""
    member = await member_of(act, member_id)
    act.require(PROCEDURE_PROPOSE, member.path, member_id, seen_by=MEMBER_READ)
    refuse(rules.faults(ground, since, until, among=EXCLUSIONS))
    particulars = {
        "ground": ground.value,
        "since": since.isoformat(),
        "until": until.isoformat() if until else None,
    }
    return await propose(
        act,
        Proposal(
            name=EXCLUSION,
            title=f"{member.name}不计入应到会人数",
            statement=reason,
            subject_kind="Member",
            subject_id=member_id,
            organization_id=member.organization_id,
            path=member.path,
            member_id=member_id,
            particulars=particulars,
            documents=tuple(documents),
        ),
    )


async def suspended_on(act: Act, members: Collection[UUID], on: date) -> set[UUID]:
    """Whose right to vote was taken away that day (EL-5), whoever asks."""
    found = await store.limits(act.session, act.tenant_id, members, on)
    return {limit.member_id for limit in found if limit.ground in SUSPENSIONS}


async def excluded(act: Act, outcome: Outcome) -> None:
    """Record what was consented to and approved: it counts from the day of the approval."""
    if not outcome.approved or outcome.member_id is None:
        return
    said = outcome.particulars
    since = max(date.fromisoformat(said["since"]), outcome.decided_on)
    until = date.fromisoformat(said["until"]) if said["until"] else None
    if until is not None and until <= since:
        return
    await limit_vote(
        act,
        outcome.member_id,
        Ground(said["ground"]),
        since,
        until,
        decision=outcome.decision,
        procedure_id=outcome.procedure_id,
    )


async def suspend(
    act: Act, member_id: UUID, *, ground: Ground, since: date, until: date | None, decision: str
) -> UUID:
    """Record that a member's right to vote is suspended, by a decision made elsewhere."""
    member = await member_of(act, member_id)
    act.require(VOTE_LIMIT, member.path, member_id, seen_by=MEMBER_READ)
    refuse(
        [
            *rules.faults(ground, since, until, among=SUSPENSIONS),
            *rules.decision_faults(decision),
        ]
    )
    return await limit_vote(act, member_id, ground, since, until, decision=decision.strip())


async def limit_vote(
    act: Act,
    member_id: UUID,
    ground: Ground,
    since: date,
    until: date | None,
    *,
    decision: str,
    procedure_id: UUID | None = None,
) -> UUID:
    """Record it; the caller has decided that it is so."""
    member = await member_of(act, member_id, seen_by=None)
    id = new_id()
    values = {
        "id": id,
        "member_id": member_id,
        "ground": ground,
        "since": since,
        "until": until,
        "decision": decision,
        "procedure_id": procedure_id,
        "recorded_by": act.caller.account_id,
        "recorded_at": act.now,
    }
    await store.add_limit(act.session, act.tenant_id, values)
    facts = {"since": since.isoformat(), "until": until.isoformat() if until else None}
    _record(act, names.VOTE_LIMITED, id, member.path, member_id, facts)
    return id


async def end_limit(act: Act, id: UUID, *, on: date, reason: str) -> UUID:
    """It holds no longer from that day: the member has come back, or the probation is over."""
    limit = await store.limit(act.session, act.tenant_id, id)
    if limit is None:
        raise NotFound()
    member = await member_of(act, limit.member_id)
    act.require(VOTE_LIMIT, member.path, member.id, seen_by=MEMBER_READ)
    refuse(rules.ending_faults(limit, on=on, today=act.today, reason=reason))
    await _end(act, limit, member.path, on, reason.strip())
    return id


async def lift_limit(act: Act, id: UUID, *, on: date, reason: str) -> None:
    """Record that it holds no longer from that day; the caller has decided that it is so.

    On a day before it began it never held.
    """
    limit = await store.limit(act.session, act.tenant_id, id)
    assert limit is not None
    member = await member_of(act, limit.member_id, seen_by=None)
    await _end(act, limit, member.path, on, reason)


async def _end(act: Act, limit: Limit, path: str, on: date, reason: str) -> None:
    until = max(on, limit.since)
    await store.end_limit(act.session, act.tenant_id, limit.id, until)
    facts = {"until": until.isoformat(), "reason": reason}
    _record(act, names.VOTE_LIMIT_ENDED, limit.id, path, limit.member_id, facts)


def _record(
    act: Act, name: str, id: UUID, path: str, member_id: UUID, facts: Mapping[str, str | None]
) -> None:
    told = {key: fact for key, fact in facts.items() if fact}
    act.record(
        Event(name=name, subject=("VoteLimit", id), path=path, member_id=member_id, facts=told)
    )
