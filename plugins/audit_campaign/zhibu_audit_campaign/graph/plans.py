"""Plans, as the parameters in force have them, and what is odd about an audit's dates."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import strawberry

from zhibu.graph.fields import resolved
from zhibu.graph.inputs import row
from zhibu.reading import public
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.graph.words import Level, Part, PlanKind, WarningKind
from zhibu_audit_campaign.rules.plans import Line, proposals
from zhibu_audit_campaign.service import campaigns, plans

Info = strawberry.Info[Any]
OF_A_RULE = "the answer of a rule, about nobody in the register"


@public(OF_A_RULE)
@strawberry.type(description="方案的一项内容。 A line of a plan, as it held on a day.")
class AuditCampaignPlanLine:
    part: Part = strawberry.field(description="哪一部分。 What it is.")
    code: str = strawberry.field(description="代码。 Its code.")
    zh: str = strawberry.field(description="中文。 In Chinese.")
    en: str = strawberry.field(description="英文。 In English.")
    clause: str = strawberry.field(description="条款。 The clause.")
    level: Level | None = strawberry.field(
        description="由哪一级办理；表格为最高报到哪一级。 Whose it is; a form goes up to there."
    )
    needs: str | None = strawberry.field(description="所依据的阶段。 Whose result a stage takes.")
    since: date | None = strawberry.field(
        description="按方案推算的起日，仅供参考。 First day as the plan has it, a proposal."
    )
    until: date | None = strawberry.field(
        description="按方案推算的止日，仅供参考。 Last day as the plan has it, a proposal."
    )
    data: list[str] = strawberry.field(description="须核实的要素。 What is to be said.")
    sensitive: bool = strawberry.field(description="敏感信息。 Whether few may see it.")
    basis: str = strawberry.field(description="依据。 The document behind it.")


@public(OF_A_RULE)
@strawberry.type(description="日期提示，不影响办理。 What is odd about dates, and allowed.")
class AuditCampaignWarning:
    kind: WarningKind = strawberry.field(description="哪一种。 Of which kind.")
    stage: str = strawberry.field(description="阶段代码。 The stage, by its code.")
    other: str | None = strawberry.field(description="相对的阶段。 The stage beside it.")
    days: int = strawberry.field(description="相差天数。 By how many days.")


@strawberry.type
class PlanQuery:
    @resolved("某日有效的排查方案。 A plan as it holds on a day.", actions.READ)
    async def audit_campaign_plan(
        self,
        info: Info,
        organization: strawberry.ID,
        plan_kind: Annotated[PlanKind, strawberry.argument(description="方案。 Which plan.")],
        year: int | None = None,
        on: date | None = None,
    ) -> list[AuditCampaignPlanLine]:
        async with info.context.act() as act:
            unit = row(organization, "Organization", "organization")
            plan = await plans.plan_of(act, unit, plan_kind, on)
            days = proposals(plan, year or act.today.year)
            basis = str(plan.basis or "")
            return [_line(line, days, basis) for part in Part for line in plan.of(part)]

    @resolved("排查各阶段日期的提示。 What is odd about the days of an audit.", actions.READ)
    async def audit_campaign_warnings(
        self,
        info: Info,
        campaign: Annotated[strawberry.ID, strawberry.argument(description="排查。 The audit.")],
    ) -> list[AuditCampaignWarning]:
        async with info.context.act() as act:
            id = row(campaign, "AuditCampaign", "campaign")
            return [
                AuditCampaignWarning(
                    kind=each.kind, stage=each.stage, other=each.other, days=each.days
                )
                for each in await campaigns.warnings_of(act, id)
            ]


def _line(line: Line, days: Mapping[str, tuple[date, date]], basis: str) -> AuditCampaignPlanLine:
    since, until = days.get(line.code, (None, None)) if line.part is Part.STAGE else (None, None)
    return AuditCampaignPlanLine(
        part=line.part,
        code=line.code,
        zh=line.zh,
        en=line.en,
        clause=line.clause,
        level=line.level,
        needs=line.needs,
        since=since,
        until=until,
        data=[*line.data],
        sensitive=line.sensitive,
        basis=basis,
    )
