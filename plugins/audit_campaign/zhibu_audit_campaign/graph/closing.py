"""The closing report of an audit, as the schema shows it."""

from datetime import date
from typing import Any

import strawberry

from zhibu.graph.fields import resolved
from zhibu.graph.inputs import row
from zhibu.identifiers import global_id
from zhibu.reading import public
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.graph.queries import Asked
from zhibu_audit_campaign.graph.words import Course, State
from zhibu_audit_campaign.rules.closing import Closing
from zhibu_audit_campaign.service import closing

Info = strawberry.Info[Any]
NUMBERS = "numbers of an audit, for who reads audits where it is carried out"


@public(NUMBERS)
@strawberry.type(description="一种处理的人数。 How many of one course.")
class AuditCampaignCourseCount:
    course: Course = strawberry.field(description="处理。 What becomes of somebody.")
    count: int = strawberry.field(description="人数。 How many.")


@public(NUMBERS)
@strawberry.type(description="一次排查的结果，可逐年比较。 What an audit came to.")
class AuditCampaignClosing:
    campaign: strawberry.ID = strawberry.field(description="排查。 The audit.")
    title: str = strawberry.field(description="名称。 What it is called.")
    state: State = strawberry.field(description="进展。 Where it stands.")
    as_of: date = strawberry.field(description="名单基准日。 The day of its list.")
    ended_on: date | None = strawberry.field(description="结束日期。 When it ended.")
    listed: int = strawberry.field(description="名单人数。 On its list when it was opened.")
    left: int = strawberry.field(description="其后离开党组织。 Of these, left since.")
    moved: int = strawberry.field(description="其后转到其他支部。 Of these, moved since.")
    staged: int = strawberry.field(description="其后党籍状态有变化。 Of these, at another stage.")
    completed: int = strawberry.field(description="已核查。 Checked.")
    floating: int = strawberry.field(description="流动。 Floating.")
    hanging: int = strawberry.field(description="空挂。 Hanging.")
    pocket: int = strawberry.field(description="口袋。 Pocket.")
    lost: int = strawberry.field(description="失联。 Lost.")
    unreceipted: int = strawberry.field(description="未收到回执。 Without a receipt.")
    found: int = strawberry.field(description="已取得联系。 Found after a search.")
    not_found: int = strawberry.field(description="无法取得联系。 Not found after a search.")
    courses: list[AuditCampaignCourseCount] = strawberry.field(
        description="各种处理的人数。 What becomes of how many."
    )


@strawberry.type
class ClosingQuery:
    @resolved(
        "总结：本次排查的结果，及上一次同方案的结果。 What an audit came to, and the one before.",
        actions.READ,
    )
    async def audit_campaign_closings(
        self, info: Info, campaign: Asked
    ) -> list[AuditCampaignClosing]:
        async with info.context.act() as act:
            id = row(campaign, "AuditCampaign", "campaign")
            return [_closing(each) for each in await closing.closings(act, id)]


def _closing(each: Closing) -> AuditCampaignClosing:
    numbers = {key: value for key, value in vars(each).items() if key not in ("id", "courses")}
    counts = [
        AuditCampaignCourseCount(course=course, count=each.courses[course])
        for course in Course
        if course in each.courses
    ]
    campaign = strawberry.ID(global_id("AuditCampaign", each.id))
    return AuditCampaignClosing(campaign=campaign, courses=counts, **numbers)
