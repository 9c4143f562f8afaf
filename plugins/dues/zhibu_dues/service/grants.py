"""Less dues in hardship, through its procedure; dues by the quarter, with the branch's consent."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act
from zhibu.calendar import add_months
from zhibu.contributions import Procedure
from zhibu.errors import Conflict, Invalid, NotFound, refuse
from zhibu.identifiers import new_id
from zhibu.members.public import MemberFacts, member_of
from zhibu.procedures.public import Outcome, Proposal, propose
from zhibu_dues import actions
from zhibu_dues.public import (
    QUARTERLY_ENDED,
    QUARTERLY_GRANTED,
    REDUCED,
    REDUCTION_ENDED,
)
from zhibu_dues.rules import reliefs as rules
from zhibu_dues.rules.months import Spell, first_of
from zhibu_dues.rules.payments import yuan
from zhibu_dues.service.events import said
from zhibu_dues.service.months import refresh
from zhibu_dues.store import grants as store
from zhibu_dues.store import months as month_store
from zhibu_dues.store import people

REDUCTION = "dues.reduction"


async def ask(
    act: Act,
    member_id: UUID,
    *,
    first_month: date,
    last_month: date,
    fen: int,
    reason: str,
    documents: Sequence[tuple[str, UUID]] = (),
) -> UUID:
    """Ask that a member owe `fen` a month, or nothing; the procedure's id (DU 7)."""
    member = await member_of(act, member_id)
    act.require(actions.ASK, member.path, member.id)
    first, last = first_of(first_month), first_of(last_month)
    refuse(
        await _asking_refusals(
            act,
            member_id,
            first,
            last,
            fen,
            by_member=act.caller.member_id == member_id,
            documents=[kind for kind, _ in documents],
            reason=reason,
        )
    )
    return await propose(
        act,
        Proposal(
            name=REDUCTION,
            title=f"少交或免交党费（{first:%Y-%m} 至 {last:%Y-%m}，每月 {yuan(fen)} 元）",
            statement=reason,
            subject_kind="Member",
            subject_id=member_id,
            organization_id=member.organization_id,
            path=member.path,
            member_id=member_id,
            particulars={"first": first.isoformat(), "last": last.isoformat(), "fen": fen},
            documents=tuple(documents),
        ),
    )


async def decided(act: Act, outcome: Outcome) -> None:
    """What was approved holds for the months that were asked for."""
    if not outcome.approved or outcome.member_id is None:
        return
    member = await member_of(act, outcome.member_id, seen_by=None)
    first = date.fromisoformat(outcome.particulars["first"])
    last = date.fromisoformat(outcome.particulars["last"])
    fen = int(outcome.particulars["fen"])
    await people.hold(act.session, act.tenant_id, [member.id])
    refuse(
        await _asking_refusals(
            act,
            member.id,
            first,
            last,
            fen,
            by_member=True,
            documents=(),
            reason=outcome.decision or REDUCTION,
        )
    )
    id = new_id()
    values = {
        "id": id,
        "member_id": member.id,
        "since": first,
        "until": add_months(last, 1),
        "fen": fen,
        "procedure_id": outcome.procedure_id,
        "decision": outcome.decision,
        "decided_on": outcome.decided_on,
    }
    await store.add(act.session, act.tenant_id, store.REDUCTIONS, values)
    facts: dict[str, Any] = {
        "first": first,
        "last": last,
        "yuan": yuan(fen),
        "reason": outcome.decision,
    }
    said(act, REDUCED, ("DuesReduction", id), member, **facts)
    await refresh(act, [member.id])


async def reopened(act: Act, outcome: Outcome) -> None:
    """A decision that was taken up again holds no more: as if it had never been made."""
    found = await store.by_procedure(act.session, act.tenant_id, outcome.procedure_id)
    if found is not None and found.ended_on is None:
        member = await member_of(act, found.member_id, seen_by=None)
        await _end(act, store.REDUCTIONS, found, member, found.spell.since, outcome.decision)


async def end_reduction(act: Act, id: UUID, *, month: date, reason: str) -> UUID:
    """End a reduction before that month, when the hardship is over; whose it was."""
    found, member = await _granted(act, store.REDUCTIONS, id)
    act.require(actions.APPROVE, member.path, seen_by=actions.READ)
    refuse(rules.ending_refusals(found, month, reason))
    await _end(act, store.REDUCTIONS, found, member, first_of(month), reason)
    return member.id


async def consent(
    act: Act, member_id: UUID, *, first_month: date, last_month: date | None, reason: str
) -> UUID:
    """Let a member pay by the quarter, for a reason (DU 12); the consent's id."""
    member = await member_of(act, member_id)
    act.require(actions.CONSENT, member.path)
    first = first_of(first_month)
    last = None if last_month is None else first_of(last_month)
    spell = Spell(since=first, until=None if last is None else add_months(last, 1))
    granted = await store.of_members(act.session, act.tenant_id, store.QUARTERLY, [member_id])
    refuse(
        rules.consent_refusals(
            first=first, last=last, granted=rules.overlaps(granted, spell), reason=reason
        )
    )
    id = new_id()
    values = {
        "id": id,
        "member_id": member_id,
        "since": spell.since,
        "until": spell.until,
        "reason": reason.strip(),
        "granted_by": act.caller.account_id,
        "granted_on": act.today,
    }
    await store.add(act.session, act.tenant_id, store.QUARTERLY, values)
    said(act, QUARTERLY_GRANTED, ("DuesQuarterly", id), member, first=first, reason=reason.strip())
    await refresh(act, [member_id])
    return id


async def end_consent(act: Act, id: UUID, *, month: date, reason: str) -> UUID:
    """Let months from that one on be due month by month again; whose consent it was."""
    found, member = await _granted(act, store.QUARTERLY, id)
    act.require(actions.CONSENT, member.path, seen_by=actions.READ)
    refuse(rules.ending_refusals(found, month, reason))
    await _end(act, store.QUARTERLY, found, member, first_of(month), reason)
    return member.id


PROCEDURES = (Procedure(name=REDUCTION, about="Member", decided=decided, reopened=reopened),)


async def _asking_refusals(
    act: Act,
    member_id: UUID,
    first: date,
    last: date,
    fen: int,
    *,
    by_member: bool,
    documents: Iterable[str],
    reason: str,
) -> list[Invalid | Conflict]:
    kept = await month_store.of_members(act.session, act.tenant_id, [member_id])
    granted = await store.of_members(act.session, act.tenant_id, store.REDUCTIONS, [member_id])
    spell = Spell(since=first, until=add_months(last, 1))
    return [
        *rules.asking_refusals(
            first=first,
            last=last,
            fen=fen,
            months=kept.get(member_id, ()),
            granted=rules.overlaps(granted, spell),
            by_member=by_member,
            documents=documents,
            reason=reason,
        )
    ]


async def _granted(act: Act, table: object, id: UUID) -> tuple[rules.Grant, MemberFacts]:
    found = await store.grant(act.session, act.tenant_id, table, id)
    if found is None:
        raise NotFound()
    return found, await member_of(act, found.member_id)


async def _end(
    act: Act, table: object, grant: rules.Grant, member: MemberFacts, month: date, reason: str
) -> None:
    await people.hold(act.session, act.tenant_id, [member.id])
    await store.end(
        act.session,
        act.tenant_id,
        table,
        grant.id,
        until=month,
        on=act.today,
        reason=reason.strip(),
    )
    reduction = table is store.REDUCTIONS
    said(
        act,
        REDUCTION_ENDED if reduction else QUARTERLY_ENDED,
        ("DuesReduction" if reduction else "DuesQuarterly", grant.id),
        member,
        month=month,
        reason=reason.strip(),
    )
    await refresh(act, [member.id])
