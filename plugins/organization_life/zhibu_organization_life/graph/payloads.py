"""What mutations of organization life answer."""

from datetime import datetime

import strawberry

from zhibu.graph import Payload, secret, written
from zhibu.reading import public
from zhibu_organization_life.graph.types import (
    OrganizationLifeAccommodation,
    OrganizationLifeAppraisal,
    OrganizationLifeEngagement,
    OrganizationLifeMatter,
    OrganizationLifeMeeting,
    OrganizationLifeRelief,
    OrganizationLifeSurvey,
    OrganizationLifeTalk,
)

OWN = "the answer to one's own mutation"


@public(OWN)
@strawberry.type(description="会议变更的结果。 What became of a meeting.")
class OrganizationLifeMeetingPayload(Payload):
    meeting: OrganizationLifeMeeting | None = written(OrganizationLifeMeeting)


@public(OWN)
@strawberry.type(description="开放签到的结果。 The code to be shown in the room.")
class OrganizationLifeCheckInPayload(Payload):
    code: str | None = secret(description="签到码，只显示这一次。 The code, shown once.")
    until: datetime | None = strawberry.field(
        default=None, description="失效时间。 When it expires."
    )


@public(OWN)
@strawberry.type(description="灵活安排的结果。 What became of an arrangement.")
class OrganizationLifeAccommodationPayload(Payload):
    accommodation: OrganizationLifeAccommodation | None = written(OrganizationLifeAccommodation)


@public(OWN)
@strawberry.type(description="民主评议变更的结果。 What became of an appraisal.")
class OrganizationLifeAppraisalPayload(Payload):
    appraisal: OrganizationLifeAppraisal | None = written(OrganizationLifeAppraisal)


@public(OWN)
@strawberry.type(description="登记变更的结果。 What became of a record.")
class OrganizationLifeEngagementPayload(Payload):
    engagement: OrganizationLifeEngagement | None = written(OrganizationLifeEngagement)


@public(OWN)
@strawberry.type(description="谈话变更的结果。 What became of a talk.")
class OrganizationLifeTalkPayload(Payload):
    talk: OrganizationLifeTalk | None = written(OrganizationLifeTalk)


@public(OWN)
@strawberry.type(description="谈话内容。 What was said, shown once.")
class OrganizationLifeWordsPayload(Payload):
    why: str | None = secret(description="事由。 Why.")
    said: str | None = secret(description="谈话内容。 What was said.")
    agreed: str | None = secret(description="商定事项。 What was agreed.")
    result: str | None = secret(description="跟进情况。 What came of it.")


@public(OWN)
@strawberry.type(description="事项变更的结果。 What became of a matter.")
class OrganizationLifeMatterPayload(Payload):
    matter: OrganizationLifeMatter | None = written(OrganizationLifeMatter)


@public(OWN)
@strawberry.type(description="报告内容。 What was reported, shown once.")
class OrganizationLifeReportPayload(Payload):
    reported: str | None = secret(description="报告内容。 What was reported.")


@public(OWN)
@strawberry.type(description="摸排变更的结果。 What became of a survey.")
class OrganizationLifeSurveyPayload(Payload):
    survey: OrganizationLifeSurvey | None = written(OrganizationLifeSurvey)


@public(OWN)
@strawberry.type(description="摸排情况。 How a member lives, shown once.")
class OrganizationLifeLivingPayload(Payload):
    family: str | None = secret(description="家庭情况。 His family.")
    health: str | None = secret(description="身体状况。 His health.")
    wishes: str | None = secret(description="个人愿望。 His wishes.")


@public(OWN)
@strawberry.type(description="慰问金变更的结果。 What became of relief.")
class OrganizationLifeReliefPayload(Payload):
    relief: OrganizationLifeRelief | None = written(OrganizationLifeRelief)
