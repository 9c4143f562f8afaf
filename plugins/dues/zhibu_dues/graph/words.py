"""The words of dues as the schema shows them, and what every input says about itself."""

from enum import Enum
from typing import Any
from uuid import UUID

import strawberry

from zhibu.identifiers import row_of
from zhibu_dues.rules.arrears import Finding
from zhibu_dues.rules.bases import BaseState
from zhibu_dues.rules.handovers import HandoverState
from zhibu_dues.rules.months import Ground
from zhibu_dues.rules.payments import Means, Payer
from zhibu_dues.rules.standards import Income

strawberry.enum(Income, name="DuesIncome", description="收入类别。 What dues are reckoned by.")
strawberry.enum(BaseState, name="DuesBaseState", description="基数状态。 State of a base.")
strawberry.enum(Ground, name="DuesGround", description="应交依据。 Why a month is what it is.")
strawberry.enum(Payer, name="DuesPayer", description="交纳人。 Who brought the money.")
strawberry.enum(Means, name="DuesMeans", description="交纳方式。 How the money came.")
strawberry.enum(Finding, name="DuesFinding", description="核实结果。 What was found out.")
strawberry.enum(
    HandoverState, name="DuesHandoverState", description="上缴状态。 State of a hand-over."
)


@strawberry.enum(
    name="DuesMonthState", description="某月党费今天的状态。 How a month stands today."
)
class MonthState(Enum):
    NOTHING_OWED = "nothing_owed"
    PAID = "paid"
    OPEN = "open"
    OVERDUE = "overdue"


MISSING = object()

__all__ = [
    "BaseState",
    "Finding",
    "Ground",
    "HandoverState",
    "Income",
    "Means",
    "MonthState",
    "Payer",
    "key",
    "optional",
    "row",
    "told",
]


def told(description: str, default: Any = MISSING) -> Any:
    """A described argument, required unless a default is given."""
    if default is MISSING:
        return strawberry.field(description=description)
    return strawberry.field(default=default, description=description)


def key() -> Any:
    """The idempotency key that every mutation takes."""
    return told("幂等键：同一键只执行一次。 The same key again is done once.", None)


def row(text: str, kind: str, argument: str) -> UUID:
    """The row behind an id argument. Raises `GlobalIdInvalid` naming the argument."""
    return row_of(text, kind, path=(argument,))


def optional(text: str | None, kind: str, argument: str) -> UUID | None:
    return None if text is None else row(text, kind, argument)
