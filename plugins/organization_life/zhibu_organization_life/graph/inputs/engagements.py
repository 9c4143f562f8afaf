"""What a client says about what members take on."""

from datetime import date
from decimal import Decimal
from typing import Any

import strawberry
from strawberry import UNSET

from zhibu.graph.inputs import key, told
from zhibu_organization_life.graph.enums import Engaged
from zhibu_organization_life.rules.engagements import Terms

RECORD = "登记。 The record."


@strawberry.input(description="承诺、岗位、联系、服务等。 What a member takes on.")
class OrganizationLifeEngageInput:
    member: strawberry.ID = told("党员。 The member.")
    kind: Engaged = told("类型。 Kind.")
    title: str = told("名称、联系对象或岗位。 What it is, or who is linked.")
    since: date = told("开始日期或当天。 First day, or the day.")
    details: str | None = told("内容。 What exactly.", None)
    until: date | None = told("结束日期，当天起不再适用。 From when on it ends.", None)
    hours: Decimal | None = told("志愿服务时长（小时）。 Hours, of service only.", None)
    late_reason: str | None = told("补录原因。 Why it is entered so late.", None)
    idempotency_key: str | None = key()

    def terms(self) -> Terms:
        return Terms(
            title=self.title,
            since=self.since,
            details=self.details,
            until=self.until,
            hours=self.hours,
        )


@strawberry.input(description="更正登记；未填的项目不变。 What of a record is to differ.")
class OrganizationLifeEngagementChangeInput:
    engagement: strawberry.ID = told(RECORD)
    title: str | None = told("名称、联系对象或岗位。 What it is, or who is linked.", UNSET)
    since: date | None = told("开始日期或当天。 First day, or the day.", UNSET)
    details: str | None = told("内容。 What exactly.", UNSET)
    until: date | None = told("结束日期。 From when on it ends.", UNSET)
    hours: Decimal | None = told("志愿服务时长（小时）。 Hours.", UNSET)
    reason: str = told("更正原因。 Why.")
    version: int | None = told("读到的版本。 The version that was read.", None)
    idempotency_key: str | None = key()

    def wanted(self) -> dict[str, Any]:
        """The terms that are given; a title or a day that is null stays."""
        given = {name: getattr(self, name) for name in ("details", "until", "hours")}
        given |= {name: getattr(self, name) or UNSET for name in ("title", "since")}
        return {name: value for name, value in given.items() if value is not UNSET}


@strawberry.input(description="践诺或完成情况。 What came of it.")
class OrganizationLifeEngagementFulfilInput:
    engagement: strawberry.ID = told(RECORD)
    on: date = told("完成日期。 When.")
    result: str = told("情况。 What came of it.")
    reason: str | None = told("再次填写的原因。 Why it is told anew.", None)
    idempotency_key: str | None = key()


@strawberry.input(description="作废登记。 A record to be voided.")
class OrganizationLifeEngagementVoidInput:
    engagement: strawberry.ID = told(RECORD)
    reason: str = told("原因。 Why.")
    idempotency_key: str | None = key()
