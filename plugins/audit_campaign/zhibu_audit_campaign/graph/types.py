"""Audits, as the schema shows them."""

from datetime import date
from typing import Any

import strawberry

from zhibu.accounts.reads import name_of
from zhibu.members.graph import MemberType
from zhibu.organizations.graph import OrganizationName
from zhibu.organizations.reads import path_of_organization
from zhibu.reading import Node, column, entity, expression, public, to_many, to_one
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.graph.words import Change, Ground, Level, PlanKind, State
from zhibu_audit_campaign.reads import campaigns, sheets

NAMES = "names are public"


def _of(name: str) -> Any:
    return lambda row, target: target.c.id == row.c[name]


@entity(
    campaigns.STAGE,
    permission=actions.READ,
    path=campaigns.path_of_stage,
    seen=campaigns.stage_seen,
)
@strawberry.type(description="排查的阶段。 A stage of an audit.")
class AuditCampaignStage(Node):
    code: str = column(description="代码。 Its code in the plan.")
    level: Level = column(description="哪一级的。 Whose stage it is.")
    zh: str = column(description="中文名称。 In Chinese.")
    en: str = column(description="英文名称。 In English.")
    clause: str = column(description="条款。 The clause.")
    needs: str | None = column(description="所依据的阶段。 The stage whose result it takes.")
    since: date = column(description="起。 First day.")
    until: date = column(description="止。 Last day.")


@entity(
    campaigns.CAMPAIGN,
    permission=actions.READ,
    path=path_of_organization,
    seen=campaigns.seen,
)
@strawberry.type(description="集中排查。 A concentrated audit of members.")
class AuditCampaign(Node):
    plan: PlanKind = column(description="所依方案。 By which plan.")
    title: str = column(description="名称。 What it is called.")
    document: str | None = column(description="文号。 The document that orders it.")
    state: State = column(description="进展。 Where it stands.")
    as_of: date = column(description="名单基准日。 The day of its list.")
    sheets: int = column(description="名单人数。 How many members are on its list.")
    opened_on: date = column(description="启动日期。 When it was opened.")
    opened_by: str | None = expression(name_of("opened_by"), description="启动人。 Who opened it.")
    ended_on: date | None = column(description="结束日期。 When it ended.")
    end_reason: str | None = column(description="结束或取消的理由。 Why it ended.")
    version: int = column(description="版本。 Grows with every change.")
    organization: OrganizationName = to_one(
        _of("organization_id"), shown_with_parent=NAMES, description="开展单位。 Where."
    )
    stages: list[AuditCampaignStage] = to_many(
        lambda row, target: target.c.campaign_id == row.c.id,
        order_by=lambda target: target.c.place,
        limit=50,
        description="各阶段。 Its stages, in the plan's order.",
    )


@entity(campaigns.AUDITED, permission=actions.READ, path=path_of_organization)
@strawberry.type(description="参加排查的党组织。 An organization that takes part in an audit.")
class AuditCampaignAudited(Node):
    level: Level = column(description="层级。 Its level.")
    expected: int = column(description="本级名单人数。 Members on its own list.")
    organization: OrganizationName = to_one(
        _of("organization_id"), shown_with_parent=NAMES, description="党组织。 Which one."
    )
    campaign: AuditCampaign | None = to_one(_of("campaign_id"), description="排查。 The audit.")


@entity(sheets.SHEET, permission=actions.SHEET_READ, path=path_of_organization)
@strawberry.type(description="排查表，一人一份。 A member on the list of an audit.")
class AuditCampaignSheet(Node):
    name: str = expression(sheets.name, description="党员姓名。 The member's name.")
    ground: Ground = column(description="列入原因。 Why he is on the list.")
    stage: str = column(description="基准日的党籍状态。 His stage on the day of the list.")
    change: Change | None = expression(
        sheets.change, description="名册后来的变化。 What became of him in the register since."
    )
    member: MemberType | None = to_one(_of("member_id"), description="党员。 The member.")
    organization: OrganizationName = to_one(
        _of("organization_id"), shown_with_parent=NAMES, description="基准日所在支部。 His branch."
    )


@public("numbers, narrowed to what the caller may read")
@strawberry.type(description="名单与名册对照。 The list beside the register.")
class AuditCampaignReconciliation:
    listed: int = expression(sheets.counted(), description="名单人数。 On the list.")
    left: int = expression(sheets.counted(Change.LEFT), description="已离开党组织。 Left since.")
    moved: int = expression(
        sheets.counted(Change.MOVED), description="已转到其他支部。 Moved to another branch."
    )
    staged: int = expression(
        sheets.counted(Change.STAGE), description="党籍状态有变化。 At another stage."
    )
