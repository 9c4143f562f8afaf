"""What a client says about spot checks."""

from datetime import date
from uuid import UUID

import strawberry

from zhibu.graph.inputs import key, row, told


def unit_row(id: str) -> UUID:
    return row(id, "FlowMembersSpotUnit", "unit")


@strawberry.input(description="抽取本年度检查的单位。 Draw the units of this year.")
class FlowMembersSpotCheckDrawInput:
    organization: strawberry.ID = told("抽查的党组织。 Who checks.")
    count: int = told("抽取数。 How many.")
    idempotency_key: str | None = key()


@strawberry.input(description="登记检查情况。 What was found.")
class FlowMembersSpotCheckFindInput:
    unit: strawberry.ID = told("抽中的单位。 The unit that was drawn.")
    on: date = told("检查日期。 When.")
    result: str = told("检查情况。 What was found.")
    reason: str | None = told("再次填写的原因。 Why it is told anew.", None)
    idempotency_key: str | None = key()
