"""Class hours: claimed or recorded, verified by somebody else, corrected without a trace lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhibu.members.public import MemberFacts, member_of, members_by_id

from zhibu.act import Act, Event
from zhibu.errors import NotFound, refuse
from zhibu.identifiers import new_id
from zhibu_education import actions
from zhibu_education.errors import ChangedMeanwhile, ReasonMissing
from zhibu_education.rules import credits as rules
from zhibu_education.rules.catalogues import CreditState, Origin
from zhibu_education.service import amounts, catalogues
from zhibu_education.service.standings import refresh
from zhibu_education.store import credits as store


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Hours to be credited: to whom, for what, and what shows it."""

    member_id: UUID
    earned_on: date
    hours: Decimal
    form: str
    topic: str
    title: str
    channel: str | None = None
    evidence_id: UUID | None = None
    evidence: str | None = None


async def claim(act: Act, entry: Entry) -> UUID:
    """A member claims hours of his own; they wait for verification (S0-37, S2-03)."""
    member = await member_of(act, entry.member_id)
    act.require(actions.CLAIM, member.path, member.id)
    return await _put(act, member, entry, Origin.CLAIM)


async def record(act: Act, entry: Entry) -> UUID:
    """The branch records hours for a member; somebody else verifies them."""
    member = await member_of(act, entry.member_id)
    act.require(actions.RECORD, member.path, member.id)
    return await _put(act, member, entry, Origin.RECORD)


async def verify(act: Act, ids: Sequence[UUID], *, remark: str | None = None) -> None:
    """Make pending hours count. Nobody verifies what he claimed, recorded or earned himself.

    Either all of them are verified or none. Raises `Refused` with every obstacle.
    """
    await _decide(act, ids, CreditState.VERIFIED, "education.credit_verified", remark)


async def send_back(act: Act, ids: Sequence[UUID], *, reason: str) -> None:
    """Return pending hours to whoever claimed them, with the reason."""
    if not reason.strip():
        raise ReasonMissing(path=("reason",))
    await _decide(act, ids, CreditState.RETURNED, "education.credit_returned", reason)


async def correct(
    act: Act, credit_id: UUID, entry: Entry, *, reason: str, version: int | None = None
) -> UUID:
    """Replace a credit by a corrected one, which waits for verification again.

    The old row stays as it was, superseded, and the new one points to it.
    """
    old, member = await _credit(act, credit_id)
    act.require(actions.CORRECT, member.path, member.id, seen_by=actions.READ)
    _check_change(old, reason, version)
    await store.decide(
        act.session,
        act.tenant_id,
        [credit_id],
        state=CreditState.SUPERSEDED,
        by=act.caller.account_id,
        at=act.now,
        decision=reason,
    )
    kept = await store.row(act.session, act.tenant_id, credit_id)
    assert kept is not None
    new = await _put(
        act, member, entry, Origin(kept["origin"]), corrects=credit_id, session=kept["session_id"]
    )
    await refresh(act, {(member.id, old.earned_on.year)})
    return new


async def void(act: Act, credit_id: UUID, *, reason: str, version: int | None = None) -> None:
    """Take back a credit that should never have been entered; it stays readable."""
    old, member = await _credit(act, credit_id)
    act.require(actions.CORRECT, member.path, member.id, seen_by=actions.READ)
    _check_change(old, reason, version)
    await store.decide(
        act.session,
        act.tenant_id,
        [credit_id],
        state=CreditState.VOID,
        by=act.caller.account_id,
        at=act.now,
        decision=reason,
    )
    await refresh(act, {(member.id, old.earned_on.year)})
    act.record(_event("education.credit_voided", credit_id, member, hours=old.hours, reason=reason))


async def _put(
    act: Act,
    member: MemberFacts,
    entry: Entry,
    origin: Origin,
    *,
    corrects: UUID | None = None,
    session: UUID | None = None,
) -> UUID:
    day = entry.earned_on
    taken = await store.hours_on_days(act.session, act.tenant_id, [member.id], [day])
    needs_evidence = origin is Origin.CLAIM and amounts.evidence_required(act, day, member.path)
    claimed = rules.Claim(
        member_id=member.id,
        earned_on=day,
        hours=entry.hours,
        form=entry.form,
        topic=entry.topic,
        title=entry.title,
        evidence=bool(entry.evidence_id or (entry.evidence or "").strip()),
    )
    refuse(
        [
            *catalogues.unknown_words(act, day, member.path, topic=entry.topic, form=entry.form),
            *rules.refusals(
                claimed,
                today=act.today,
                admitted_on=member.admitted_on,
                same_day=taken.get((member.id, day), Decimal(0)),
                day_limit=amounts.day_limit(act, day, member.path),
                evidence_required=needs_evidence,
            ),
        ]
    )
    credit = new_id()
    counted = rules.counted(entry.form, entry.hours, amounts.forms_counted(act, day, member.path))
    await store.add(
        act.session,
        act.tenant_id,
        [pending_row(act, credit, entry, origin, counted, corrects=corrects, session=session)],
    )
    await refresh(act, {(member.id, day.year)})
    happened = "education.credit_corrected" if corrects else "education.credit_claimed"
    act.record(
        _event(happened, credit, member, hours=entry.hours, title=entry.title, origin=origin)
    )
    return credit


def pending_row(
    act: Act,
    credit: UUID,
    entry: Entry,
    origin: Origin,
    counted: Decimal,
    *,
    corrects: UUID | None = None,
    session: UUID | None = None,
    state: CreditState = CreditState.PENDING,
) -> dict[str, Any]:
    """A credit's columns as it is first written."""
    return {
        "id": credit,
        "member_id": entry.member_id,
        "year": entry.earned_on.year,
        "earned_on": entry.earned_on,
        "title": entry.title,
        "hours": entry.hours,
        "counted": counted,
        "form": entry.form,
        "topic": entry.topic,
        "channel": entry.channel,
        "origin": origin,
        "state": state,
        "session_id": session,
        "corrects_id": corrects,
        "evidence_id": entry.evidence_id,
        "evidence": entry.evidence,
        "recorded_by": act.caller.account_id,
        "recorded_for": entry.member_id,
        "recorded_at": act.now,
        "decided_by": act.caller.account_id if state is CreditState.VERIFIED else None,
        "decided_at": act.now if state is CreditState.VERIFIED else None,
        "decision": None,
        "version": 1,
    }


async def _decide(
    act: Act, ids: Sequence[UUID], state: CreditState, event: str, decision: str | None
) -> None:
    found = await store.credits(act.session, act.tenant_id, ids)
    if len(found) < len(set(ids)):
        raise NotFound()
    members = await members_by_id(act, {credit.member_id for credit in found.values()})
    for credit in found.values():
        member = members[credit.member_id]
        act.require(actions.VERIFY, member.path, member.id, seen_by=actions.READ)
    refuse(
        refusal
        for credit in found.values()
        for refusal in rules.verification_refusals(
            credit, account_id=act.caller.account_id, member_id=act.caller.member_id
        )
    )
    await store.decide(
        act.session,
        act.tenant_id,
        list(found),
        state=state,
        by=act.caller.account_id,
        at=act.now,
        decision=decision,
    )
    await refresh(act, {(one.member_id, one.earned_on.year) for one in found.values()})
    for credit in found.values():
        member = members[credit.member_id]
        act.record(_event(event, credit.id, member, hours=credit.hours, decision=decision))


async def _credit(act: Act, credit_id: UUID) -> tuple[rules.Credit, MemberFacts]:
    found = await store.credits(act.session, act.tenant_id, [credit_id])
    if credit_id not in found:
        raise NotFound()
    credit = found[credit_id]
    return credit, await member_of(act, credit.member_id)


def _check_change(credit: rules.Credit, reason: str, version: int | None) -> None:
    refuse(
        [
            *([] if reason.strip() else [ReasonMissing(path=("reason",))]),
            *(
                [ChangedMeanwhile(version=credit.version)]
                if version is not None and version != credit.version
                else []
            ),
            *rules.correction_refusals(credit),
        ]
    )


def _event(name: str, credit: UUID, member: MemberFacts, **facts: Any) -> Event:
    return Event(
        name=name,
        subject=("EducationCredit", credit),
        path=member.path,
        member_id=member.id,
        facts={key: str(value) for key, value in facts.items() if value is not None},
    )
