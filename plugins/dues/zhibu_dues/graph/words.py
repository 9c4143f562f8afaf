"""The words of dues as the schema shows them."""

from enum import Enum

import strawberry

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


__all__ = [
    "BaseState",
    "Finding",
    "Ground",
    "HandoverState",
    "Income",
    "Means",
    "MonthState",
    "Payer",
]
