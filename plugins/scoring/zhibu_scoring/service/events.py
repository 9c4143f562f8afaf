"""What happened to points, as events of the ledger."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.basis import Basis
from zhibu.members.public import MemberFacts
from zhibu_scoring.rules.entries import Recorded
from zhibu_scoring.rules.schemes import Part


def said(
    act: Act,
    name: str,
    subject: tuple[str, UUID],
    member: MemberFacts,
    /,
    *,
    basis: Basis | None = None,
    **facts: Any,
) -> None:
    """Something about a member's points; facts that are None are left out."""
    act.record(
        Event(
            name=name,
            subject=subject,
            path=member.path,
            member_id=member.id,
            facts={
                key: value.isoformat() if isinstance(value, date) else value
                for key, value in facts.items()
                if value is not None
            },
            basis=basis,
        )
    )


def facts_of(found: Recorded) -> dict[str, Any]:
    """What every event of an entry says of it."""
    return {
        "item": found.name,
        "points": signed(found.part, found.points, reverses=found.reverses is not None),
        "year": found.entry.year,
    }


def signed(part: Part, points: Decimal, *, reverses: bool) -> Decimal:
    """Points as they move the total: a reversal the other way."""
    down = (part is Part.MINUS) is not reverses
    return -points if down else points
