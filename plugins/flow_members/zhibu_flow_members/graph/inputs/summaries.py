"""What a client says about reports on members away."""

from uuid import UUID

import strawberry

from zhibu.graph.inputs import key, row, told

SUMMARY = "报告。 The report."


def summary_row(id: str) -> UUID:
    return row(id, "FlowMembersSummary", "summary")


@strawberry.input(description="上报流动党员情况。 A report on members away.")
class FlowMembersSummarySubmitInput:
    organization: strawberry.ID = told("上报的党组织。 Who reports.")
    year: int = told("年度。 The year.")
    half: int = told("上半年 1、下半年 2、全年 0。 The half; 0 for the whole year.", 0)
    note: str | None = told("说明；下级未报齐的必填。 What is to be said.", None)
    idempotency_key: str | None = key()


@strawberry.input(description="接收报告。 A report to be accepted.")
class FlowMembersSummaryAcceptInput:
    summary: strawberry.ID = told(SUMMARY)
    idempotency_key: str | None = key()


@strawberry.input(description="退回报告。 A report to be returned.")
class FlowMembersSummaryReturnInput:
    summary: strawberry.ID = told(SUMMARY)
    reason: str = told("退回原因。 Why.")
    idempotency_key: str | None = key()
