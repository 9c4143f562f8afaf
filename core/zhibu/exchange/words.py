"""What the ledgers of both sides say about messages."""

from zhibu.act import Event
from zhibu.exchange.rules import Told

SENT = "exchange.sent"
DELIVERED = "exchange.delivered"
UNDELIVERABLE = "exchange.undeliverable"
RECEIVED = "exchange.received"
TURNED_AWAY = "exchange.turned_away"


def event_of(name: str, told: Told) -> Event:
    """An entry about a message; what it says stands in no ledger."""
    with_whom = told.counterpart_name or told.counterpart
    return Event(
        name=name,
        subject=("ExchangeMessage", told.id),
        path=told.path,
        facts={"kind": told.kind, "counterpart": with_whom, "number": told.number},
    )
