"""What hand-overs and publications are given as."""

from datetime import date

import strawberry

from zhibu.graph.inputs import key, told


@strawberry.input(description="上缴党费。 What is handed upward.")
class DuesHandOverInput:
    organization: strawberry.ID
    until: date = told("截至该日所收。 Everything held by this day.")
    idempotency_key: str | None = key()


@strawberry.input(description="确认收到上缴。 A hand-over that came.")
class DuesHandoverReceiveInput:
    handover: strawberry.ID = told("上缴记录。 The hand-over.")
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="退回上缴。 A hand-over that does not agree.")
class DuesHandoverReturnInput:
    handover: strawberry.ID = told("上缴记录。 The hand-over.")
    reason: str
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="公布年度党费收缴情况。 A year to be published.")
class DuesPublishInput:
    organization: strawberry.ID
    year: int
    place: str = told("公布方式和地点。 Where and how.")
    idempotency_key: str | None = key()


@strawberry.input(description="撤回公布。 A publication that states something wrong.")
class DuesPublicationWithdrawInput:
    publication: strawberry.ID = told("公布记录。 The publication.")
    reason: str
    idempotency_key: str | None = key()
