"""Where messages are seen from, as SQL for the graph."""

from typing import Any

from sqlalchemy import ColumnElement, Text, literal

from zhibu.exchange.tables import ExchangeMessage
from zhibu.policy.paths import ROOT

MESSAGES = ExchangeMessage.__table__


def top(row: Any) -> ColumnElement[Any]:
    """They are the institution's, whichever organization has them sent."""
    return literal(ROOT, Text())
