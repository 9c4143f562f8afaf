"""The words of audits as the schema shows them."""

import strawberry

from zhibu_audit_campaign.rules.campaigns import Change, Ground, State, WarningKind
from zhibu_audit_campaign.rules.plans import Level, Part, PlanKind

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

__all__ = ["Change", "Ground", "Level", "Part", "PlanKind", "State", "WarningKind"]
