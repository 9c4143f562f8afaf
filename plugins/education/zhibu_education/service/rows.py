"""What a credit's row and events are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.members.public import MemberFacts
from zhibu_education.rules.catalogues import CreditState, Origin


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Hours to be credited: for what, and what shows it."""

    earned_on: date
    hours: Decimal
    form: str
    topic: str
    title: str
    kind: str | None = None
    channel: str | None = None
    evidence_id: UUID | None = None
    evidence: str | None = None


def credit_row(
    act: Act,
    id: UUID,
    member_id: UUID,
    entry: Entry,
    origin: Origin,
    counted: Decimal,
    *,
    state: CreditState = CreditState.PENDING,
    corrects: UUID | None = None,
    session: UUID | None = None,
    withdrawn: tuple[date, str | None] | None = None,
) -> dict[str, Any]:
    """A credit's columns as it is first written; `withdrawn` as the words it takes from others."""
    verified = state is CreditState.VERIFIED
    return {
        "id": id,
        "member_id": member_id,
        "year": entry.earned_on.year,
        "earned_on": entry.earned_on,
        "title": entry.title,
        "hours": entry.hours,
        "counted": counted,
        "form": entry.form,
        "kind": entry.kind,
        "topic": entry.topic,
        "channel": entry.channel,
        "origin": origin,
        "state": state,
        "session_id": session,
        "corrects_id": corrects,
        "evidence_id": entry.evidence_id,
        "evidence": entry.evidence,
        "recorded_by": act.caller.account_id,
        "recorder_id": act.caller.member_id,
        "recorded_at": act.now,
        "decided_by": act.caller.account_id if verified else None,
        "decided_at": act.now if verified else None,
        "decision": None,
        "withdrawn_on": withdrawn[0] if withdrawn else None,
        "withdrawn_reason": withdrawn[1] if withdrawn else None,
        "version": 1,
    }


def credit_event(name: str, credit: UUID, member: MemberFacts, /, **facts: Any) -> Event:
    """What happened to a credit, on the member's timeline."""
    return event(name, ("EducationCredit", credit), member.path, member.id, **facts)


def event(
    name: str,
    subject: tuple[str, UUID],
    path: str,
    member_id: UUID | None = None,
    /,
    **facts: Any,
) -> Event:
    """An event whose facts survive JSON; those that are None are left out."""
    known: Mapping[str, Any] = {key: value for key, value in facts.items() if value is not None}
    return Event(
        name=name,
        subject=subject,
        path=path,
        member_id=member_id,
        facts={
            key: value if isinstance(value, int) else str(value) for key, value in known.items()
        },
    )
