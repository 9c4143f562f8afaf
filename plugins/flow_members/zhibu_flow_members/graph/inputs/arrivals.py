"""What a client says about who came from elsewhere."""

from datetime import date
from uuid import UUID

import strawberry

from zhibu.graph.inputs import key, row, told

ARRIVAL = "外来党员登记。 Who came."


def arrival_row(id: str) -> UUID:
    return row(id, "FlowMembersArrival", "arrival")


@strawberry.input(description="验证并接收外来党员。 The host verifies who came.")
class FlowMembersArrivalVerifyInput:
    arrival: strawberry.ID = told(ARRIVAL)
    arrived_on: date = told("报到日期。 When he reported in.")
    serial: int | None = told("活动证编号；持活动证的必填。 Number of the card, if any.", None)
    note: str | None = told("说明。 What is to be said.", None)
    idempotency_key: str | None = key()


@strawberry.input(description="上级备案。 The level above takes it into its files.")
class FlowMembersArrivalFileInput:
    arrival: strawberry.ID = told(ARRIVAL)
    idempotency_key: str | None = key()


@strawberry.input(description="外来党员登记及原因。 Who came, and why.")
class FlowMembersArrivalReasonInput:
    arrival: strawberry.ID = told(ARRIVAL)
    reason: str = told("原因。 Why.")
    idempotency_key: str | None = key()
