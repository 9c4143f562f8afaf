"""Asking for audits, their lists, and what changed in the register since."""

from typing import Annotated

import strawberry

from zhibu.graph.inputs import told
from zhibu.members.graph import MemberType
from zhibu.reading import Connection, connection, figures
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.graph.sheets import AuditCampaignSheet
from zhibu_audit_campaign.graph.types import (
    AuditCampaign,
    AuditCampaignAudited,
    AuditCampaignReconciliation,
)
from zhibu_audit_campaign.graph.words import Ground, Level, PlanKind
from zhibu_audit_campaign.reads import campaigns, sheets

Asked = Annotated[strawberry.ID, strawberry.argument(description="排查。 The audit.")]


@strawberry.input(description="排查的筛选条件。 What the audits must be.")
class AuditCampaignFilter:
    plan: PlanKind | None = told("只看这个方案的。 By this plan only.", None)
    open: bool | None = told("只看进行中的，或已结束的。 Only those that go on, or not.", None)


@strawberry.input(description="排查表的筛选条件。 What the sheets must be.")
class AuditCampaignSheetFilter:
    ground: Ground | None = told("只看这个原因列入的。 On the list for this only.", None)
    changed: bool | None = told(
        "只看名册有变化的，或没有的。 Only those changed since, or not.", None
    )


@strawberry.type
class CampaignQuery:
    @connection(
        where=campaigns.touching,
        order=lambda row: [row.c.opened_on.desc(), row.c.id],
        filters={
            "filter.plan": lambda row, args, env: row.c.plan == args.bind("filter.plan"),
            "filter.open": lambda row, args, env: (
                campaigns.goes_on(row) == args.bind("filter.open")
            ),
        },
    )
    def audit_campaigns(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: AuditCampaignFilter | None = None,
    ) -> Connection[AuditCampaign]:
        """本组织开展或参加的排查，最近的在前。 Audits here, below, or taking this in."""

    @connection(
        where=sheets.of_campaign,
        order=lambda row: [row.c.id],
        filters={
            "level": lambda row, args, env: row.c.level == args.bind("level"),
            "overdue": campaigns.is_overdue,
        },
    )
    def audit_campaign_audited(
        self,
        campaign: Asked,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        level: Annotated[
            Level | None, strawberry.argument(description="只看这一级的。 Of this level only.")
        ] = None,
        overdue: Annotated[
            bool | None,
            strawberry.argument(
                description="只看逾期未上报的，或没有逾期的。 Only those who are late, or not."
            ),
        ] = None,
    ) -> Connection[AuditCampaignAudited]:
        """参加排查的党组织。 Organizations that take part, here and below."""

    @connection(
        where=sheets.of_campaign,
        order=lambda row: [row.c.organization_id, row.c.id],
        filters={
            "filter.ground": lambda row, args, env: row.c.ground == args.bind("filter.ground"),
            "filter.changed": sheets.is_changed,
        },
    )
    def audit_campaign_sheets(
        self,
        campaign: Asked,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: AuditCampaignSheetFilter | None = None,
    ) -> Connection[AuditCampaignSheet]:
        """排查名单，一人一份。 Who is on the list, here and below."""

    @connection(where=sheets.newcomers, order=lambda row: [row.c.path, row.c.sort_name, row.c.id])
    def audit_campaign_newcomers(
        self,
        campaign: Asked,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[MemberType]:
        """名单固定后新增、不在名单中的党员。 Members who are there now and not on the list."""

    @figures(sheets.Reconciled, permission=actions.READ)
    def audit_campaign_reconciliation(
        self, campaign: Asked, organization: strawberry.ID
    ) -> AuditCampaignReconciliation:
        """名单与名册对照：一人不漏，不以旧充新。 The list beside the register (S3A-41)."""
