"""What happened to dues, as events of the ledger."""

from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu.basis import Basis
from zhibu.members.public import MemberFacts


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
    """Something about a member's dues; facts that are None are left out."""
    at(act, name, subject, member.path, member.id, basis=basis, **facts)


def at(
    act: Act,
    name: str,
    subject: tuple[str, UUID],
    path: str,
    member_id: UUID | None = None,
    /,
    *,
    basis: Basis | None = None,
    **facts: Any,
) -> None:
    """Something about dues at an organization."""
    act.record(
        Event(
            name=name,
            subject=subject,
            path=path,
            member_id=member_id,
            facts={key: _plain(value) for key, value in facts.items() if value is not None},
            basis=basis,
        )
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
