"""The words of organization life as the schema shows them."""

import strawberry

from zhibu_organization_life.rules.appraisals import Stand
from zhibu_organization_life.rules.care import Fund
from zhibu_organization_life.rules.catalogues import Ground, Kind, Leave, Presence, State, Via
from zhibu_organization_life.rules.engagements import Engaged
from zhibu_organization_life.rules.grades import Grade, GradeGround
from zhibu_organization_life.rules.matters import Channel, MatterKind
from zhibu_organization_life.rules.talks import Dimension, TalkGround, TalkKind

strawberry.enum(Kind, name="OrganizationLifeKind", description="会议类型。 Kind of a meeting.")
strawberry.enum(State, name="OrganizationLifeState", description="会议状态。 State of a meeting.")
strawberry.enum(
    Presence, name="OrganizationLifePresence", description="出勤情况。 How a member is marked."
)
strawberry.enum(
    Leave, name="OrganizationLifeLeave", description="请假状态。 What became of leave asked for."
)
strawberry.enum(
    Via, name="OrganizationLifeVia", description="登记方式：名单、导入或签到码。 How a mark came."
)
strawberry.enum(
    Ground, name="OrganizationLifeGround", description="灵活安排的原因。 Why arranged flexibly."
)
strawberry.enum(
    Stand, name="OrganizationLifeStand", description="民主评议的进展。 Where an appraisal stands."
)
strawberry.enum(
    Grade, name="OrganizationLifeGrade", description="民主评议等次。 Grade of an appraisal."
)
strawberry.enum(
    GradeGround,
    name="OrganizationLifeGradeGround",
    description="等次由何而定。 Which rule gave a grade, or why there is none.",
)

strawberry.enum(
    Engaged,
    name="OrganizationLifeEngaged",
    description="承诺、岗位、联系、服务等类型。 What is taken on.",
)

strawberry.enum(TalkKind, name="OrganizationLifeTalkKind", description="谈话类型。 Kind of a talk.")
strawberry.enum(
    TalkGround, name="OrganizationLifeTalkGround", description="谈话起因。 What gave rise to it."
)
strawberry.enum(
    Dimension, name="OrganizationLifeDimension", description="监督方面。 In what one is supervised."
)

strawberry.enum(
    MatterKind,
    name="OrganizationLifeMatterKind",
    description="事项类型。 Kind of a matter.",
)
strawberry.enum(
    Channel, name="OrganizationLifeChannel", description="意见渠道。 How an opinion came in."
)

strawberry.enum(Fund, name="OrganizationLifeFund", description="慰问金来源。 Which money.")

__all__ = [
    "Channel",
    "Dimension",
    "Engaged",
    "Fund",
    "Grade",
    "GradeGround",
    "Ground",
    "Kind",
    "Leave",
    "MatterKind",
    "Presence",
    "Stand",
    "State",
    "TalkGround",
    "TalkKind",
    "Via",
]
