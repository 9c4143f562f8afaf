"""Asking for decisions, reports, draws and questions, and how far an audit is."""

from typing import Annotated

import strawberry

from zhibu.reading import Connection, connection, figures
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.graph.queries import Asked
from zhibu_audit_campaign.graph.verifying_types import (
    AuditCampaignBoard,
    AuditCampaignDraw,
    AuditCampaignQuestion,
    AuditCampaignReport,
    AuditCampaignSample,
    AuditCampaignVerification,
)
from zhibu_audit_campaign.graph.work_queries import Of
from zhibu_audit_campaign.reads import sheets, verifying


@strawberry.type
class VerifyingQuery:
    @figures(verifying.Board, permission=actions.READ)
    def audit_campaign_board(
        self, campaign: Asked, organization: strawberry.ID
    ) -> AuditCampaignBoard:
        """排查进展，逐级汇总。 How far an audit is, here and below."""

    @connection(
        where=verifying.of_audited, order=lambda row: [row.c.decided_on.desc(), row.c.id.desc()]
    )
    def audit_campaign_verifications(
        self, audited: Of, first: int, after: str | None = None, offset: int | None = None
    ) -> Connection[AuditCampaignVerification]:
        """历次核查、审核和退回，最近的在前。 What the level above decided, the latest first."""

    @connection(where=verifying.of_audited, order=lambda row: [row.c.id])
    def audit_campaign_reports(
        self, audited: Of, first: int, after: str | None = None, offset: int | None = None
    ) -> Connection[AuditCampaignReport]:
        """党委或区级报告。 The report of a committee or a district."""

    @connection(
        where=sheets.of_campaign, order=lambda row: [row.c.drawn_on.desc(), row.c.id.desc()]
    )
    def audit_campaign_draws(
        self,
        campaign: Asked,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[AuditCampaignDraw]:
        """历次抽样，最近的在前。 Draws of branches, the latest first."""

    @connection(where=verifying.of_draw, order=lambda row: [row.c.stratum, row.c.id])
    def audit_campaign_samples(
        self,
        draw: Annotated[strawberry.ID, strawberry.argument(description="抽样。 The draw.")],
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[AuditCampaignSample]:
        """抽中的支部，按类型和规模。 What was drawn, by kind and band of sizes."""

    @connection(
        where=verifying.of_audited, order=lambda row: [row.c.asked_on.desc(), row.c.id.desc()]
    )
    def audit_campaign_questions(
        self, audited: Of, first: int, after: str | None = None, offset: int | None = None
    ) -> Connection[AuditCampaignQuestion]:
        """请示和答复，最近的在前。 Questions asked upward, the latest first."""
