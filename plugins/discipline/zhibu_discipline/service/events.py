"""What happened to dispositions, as events of the ledger: never on which ground."""

from datetime import date
from typing import Any

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


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
