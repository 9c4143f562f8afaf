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
from zhibu_audit_campaign.graph.words import Change, Level, PlanKind, PlanStand, Stand, State
from zhibu_audit_campaign.reads import campaigns, sheets

NAMES = "names are public"


def of(name: str) -> Any:
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
    hands_up: bool = column(description="期满须上报。 Whether its results go up by its last day.")
    reviews_plans: bool = column(
        description="期满前逐一审核方案。 Whether plans are reviewed by its last day."
    )
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
        of("organization_id"), shown_with_parent=NAMES, description="开展单位。 Where."
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
    completed: int = column(description="已核查人数。 Members who were checked.")
    floating: int = column(description="流动党员。 Floating members, confirmed.")
    hanging: int = column(description="空挂党员。 Hanging members, confirmed.")
    pocket: int = column(description="口袋党员。 Pocket members, confirmed.")
    lost: int = column(description="失联党员。 Lost members, confirmed.")
    unreceipted: int = column(description="未收到回执。 Without a receipt.")
    found: int = column(description="经查找取得联系。 Found after a search.")
    not_found: int = column(description="经查找无法取得联系。 Not found after a search.")
    inquiries: int = column(description="向部门查询次数。 Inquiries with other bodies.")
    unanswered: int = column(description="部门尚未答复。 Of these, not answered.")
    content: str | None = column(description="排查内容。 What is checked, by its plan.")
    focus: str | None = column(description="排查重点。 On what above all.")
    method: str | None = column(description="排查方法。 How.")
    timetable: str | None = column(description="时间安排。 When.")
    planned_on: date | None = column(description="方案日期。 When the plan was written.")
    planned_by: str | None = expression(
        name_of("planned_by"), description="制定人。 Who wrote the plan."
    )
    plan_state: PlanStand | None = column(description="方案审核情况。 Where the plan stands.")
    plan_remark: str | None = column(description="方案审核意见。 What was said of the plan.")
    plan_reviewed_on: date | None = column(description="方案审核日期。 When it was reviewed.")
    plan_reviewed_by: str | None = expression(
        name_of("plan_reviewed_by"), description="方案审核人。 Who reviewed the plan."
    )
    state: Stand = column(description="工作进展。 Where its work stands.")
    submitted_on: date | None = column(description="上报日期。 When it was handed up.")
    submitted_by: str | None = expression(
        name_of("submitted_by"), description="上报人。 Who handed it up."
    )
    end_reason: str | None = column(
        description="由上级代为上报的理由。 Why the level above handed it up in its place."
    )
    secretary: str | None = expression(
        campaigns.secretary,
        description="书记：党委的为第一责任人，支部的为直接责任人。 Who answers for it first.",
    )
    version: int = column(description="版本。 Grows with every change.")
    organization: OrganizationName = to_one(
        of("organization_id"), shown_with_parent=NAMES, description="党组织。 Which one."
    )
    successor: OrganizationName | None = to_one(
        of("successor_id"),
        shown_with_parent=NAMES,
        description="党员现在所在组织。 With whom its members are now.",
    )
    responsible: MemberType | None = to_one(
        of("responsible_id"), description="负责人。 Who answers for it."
    )
    campaign: AuditCampaign | None = to_one(of("campaign_id"), description="排查。 The audit.")


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
