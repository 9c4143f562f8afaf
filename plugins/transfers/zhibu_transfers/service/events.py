"""What happened to transfers, as events of the ledger."""

from datetime import date
from typing import Any

from zhibu.act import Act, Event
from zhibu.basis import Basis
from zhibu_transfers.rules.cases import Case

KIND = "TransfersCase"


def said(
    act: Act, name: str, case: Case, path: str, /, *, basis: Basis | None = None, **facts: Any
) -> None:
    """Something about a transfer; facts that are None are left out."""
    given = {"name": case.name, "kind": case.kind, **facts}
    act.record(
        Event(
            name=name,
            subject=(KIND, case.id),
            path=path,
            member_id=case.member_id,
            facts={key: _plain(value) for key, value in given.items() if value is not None},
            basis=basis,
        )
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
