"""The words of audits as the schema shows them."""

import strawberry

from zhibu_audit_campaign.rules.campaigns import Change, Ground, State, WarningKind
from zhibu_audit_campaign.rules.checking import Evidence, Judged, Result
from zhibu_audit_campaign.rules.planning import PlanStand
from zhibu_audit_campaign.rules.plans import Level, Part, PlanKind
from zhibu_audit_campaign.rules.releasing import Released
from zhibu_audit_campaign.rules.searching import Method, Outcome
from zhibu_audit_campaign.rules.settled import Body, Settled
from zhibu_audit_campaign.rules.settling import Condition, Course
from zhibu_audit_campaign.rules.suggesting import Rule
from zhibu_audit_campaign.rules.work import Stand

strawberry.enum(PlanKind, name="AuditCampaignPlanKind", description="排查方案。 Which plan.")
strawberry.enum(Level, name="AuditCampaignLevel", description="层级。 Of which level.")
strawberry.enum(Part, name="AuditCampaignPart", description="方案中的内容。 Part of a plan.")
strawberry.enum(State, name="AuditCampaignState", description="进展。 Where an audit stands.")
strawberry.enum(
    Ground, name="AuditCampaignGround", description="列入名单的原因。 Why somebody is on the list."
)
strawberry.enum(
    Change,
    name="AuditCampaignChange",
    description="名册后来的变化。 What became of him in the register.",
)
strawberry.enum(
    WarningKind, name="AuditCampaignWarningKind", description="日期提示。 What is odd about dates."
)
strawberry.enum(Stand, name="AuditCampaignStand", description="工作进展。 Where the work stands.")
strawberry.enum(
    PlanStand, name="AuditCampaignPlanStand", description="方案审核情况。 Where a plan stands."
)
strawberry.enum(Result, name="AuditCampaignResult", description="核查结果。 What a check came to.")
strawberry.enum(
    Evidence,
    name="AuditCampaignEvidence",
    description="见到人、听到声、见到视频或有材料。 Seen, heard, on video, or by a document.",
)
strawberry.enum(
    Judged, name="AuditCampaignJudged", description="问题的认定。 What became of an issue."
)
strawberry.enum(Rule, name="AuditCampaignRule", description="提示的规则。 Which rule raised it.")
strawberry.enum(Method, name="AuditCampaignMethod", description="查找方式。 By what way.")
strawberry.enum(Outcome, name="AuditCampaignOutcome", description="查找结果。 How a search stands.")
strawberry.enum(Course, name="AuditCampaignCourse", description="处理。 What becomes of somebody.")
strawberry.enum(
    Condition,
    name="AuditCampaignCondition",
    description="情形：记录所示，或核查所得。 What holds of somebody: recorded, or told.",
)
strawberry.enum(
    Released, name="AuditCampaignReleased", description="导出审批的进展。 Where a release stands."
)
strawberry.enum(
    Settled, name="AuditCampaignSettled", description="处理的进展。 Where a settlement stands."
)
strawberry.enum(
    Body, name="AuditCampaignBody", description="支委会或支部党员大会。 Who proposed it (S3C-16)."
)

__all__ = [
    "Body",
    "Change",
    "Condition",
    "Course",
    "Evidence",
    "Ground",
    "Judged",
    "Level",
    "Method",
    "Outcome",
    "Part",
    "PlanKind",
    "PlanStand",
    "Released",
    "Result",
    "Rule",
    "Settled",
    "Stand",
    "State",
    "WarningKind",
]
