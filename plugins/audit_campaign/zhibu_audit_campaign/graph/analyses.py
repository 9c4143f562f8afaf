"""Analyses that a plan asks for on its way: asking for them, and writing them."""

from datetime import date

import strawberry
from strawberry.scalars import JSON

from zhibu.accounts.reads import name_of
from zhibu.act import Act
from zhibu.graph import Payload, mutation, written
from zhibu.graph.inputs import key, row, told
from zhibu.organizations.graph import OrganizationName
from zhibu.organizations.reads import path_of_organization
from zhibu.reading import Connection, Node, column, connection, entity, expression, public, to_one
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.graph.types import NAMES, of
from zhibu_audit_campaign.graph.work_inputs import AUDITED
from zhibu_audit_campaign.graph.work_mutations import OWN
from zhibu_audit_campaign.graph.work_queries import Of
from zhibu_audit_campaign.reads import verifying
from zhibu_audit_campaign.service import analyses


@entity(verifying.ANALYSIS, permission=actions.READ, path=path_of_organization)
@strawberry.type(description="阶段情况分析。 An analysis of what a stage came to.")
class AuditCampaignAnalysis(Node):
    report: str = column(description="哪一份（方案中的代码）。 Which, by its code in the plan.")
    text: str = column(description="分析。 What is said of it.")
    figures: JSON = column(description="当日数据，取自台账。 The figures of the day, as recorded.")
    due_on: date = column(description="方案期限。 By when, as the plan has it.")
    written_on: date = column(description="形成日期。 When it was written.")
    written_by: str | None = expression(name_of("written_by"), description="撰写人。 Who wrote it.")
    organization: OrganizationName = to_one(
        of("organization_id"), shown_with_parent=NAMES, description="分析单位。 Whose it is."
    )


@public(OWN)
@strawberry.type(description="情况分析变更的结果。 What became of an analysis.")
class AuditCampaignAnalysisPayload(Payload):
    analysis: AuditCampaignAnalysis | None = written(AuditCampaignAnalysis)


@strawberry.input(description="撰写情况分析。 An analysis to be written.")
class AuditCampaignAnalysisWriteInput:
    audited: strawberry.ID = told(AUDITED)
    report: str = told("哪一份（方案中的代码）。 Which, by its code in the plan.")
    text: str = told("分析。 What is said of it.")
    idempotency_key: str | None = key()


@strawberry.type
class AnalysisQuery:
    @connection(
        where=verifying.of_audited, order=lambda row: [row.c.written_on.desc(), row.c.id.desc()]
    )
    def audit_campaign_analyses(
        self, audited: Of, first: int, after: str | None = None, offset: int | None = None
    ) -> Connection[AuditCampaignAnalysis]:
        """失联党员、管理处置和党员队伍分析，最近的在前。 Analyses, the latest first."""


@strawberry.type
class AnalysisMutation:
    @mutation(permission=actions.REPORT)
    async def audit_campaign_analysis_write(
        self, act: Act, input: AuditCampaignAnalysisWriteInput
    ) -> AuditCampaignAnalysisPayload:
        """按方案撰写情况分析，数据取自台账，重写保留前稿。 Write an analysis, figures kept."""
        id = row(input.audited, "AuditCampaignAudited", "audited")
        made = await analyses.write(act, id, input.report, text=input.text)
        return AuditCampaignAnalysisPayload(row=made)
