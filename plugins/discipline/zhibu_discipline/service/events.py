"""What happened to dispositions, as events of the ledger: never on which ground."""

from datetime import date
from typing import Any
from uuid import UUID

from zhibu.act import Act, Event
from zhibu_discipline.rules.cases import Case

KIND = "DisciplineCase"


def said(act: Act, name: str, case: Case, path: str, /, **facts: Any) -> None:
    """Something about a disposition; facts that are None are left out."""
    given = {"kind": case.kind, **facts}
    act.record(
        Event(
            name=name,
            subject=(KIND, case.id),
            path=path,
            member_id=case.member_id,
            facts={key: _plain(value) for key, value in given.items() if value is not None},
        )
    )


def told(
    act: Act,
    name: str,
    subject: tuple[str, UUID],
    path: str,
    member_id: UUID | None,
    /,
    **facts: Any,
) -> None:
    """Something about what was handed over of a member; facts that are None are left out."""
    given = {key: _plain(value) for key, value in facts.items() if value is not None}
    act.record(Event(name=name, subject=subject, path=path, member_id=member_id, facts=given))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
