"""Asking for what branches found: issues by label, searches by outcome, groups and trainings."""

from typing import Annotated

import strawberry

from zhibu.graph.inputs import told
from zhibu.reading import Connection, connection
from zhibu_audit_campaign.graph.queries import Asked
from zhibu_audit_campaign.graph.sheets import (
    AuditCampaignIssue,
    AuditCampaignSearch,
    AuditCampaignTraining,
    AuditCampaignWorker,
)
from zhibu_audit_campaign.graph.words import Judged, Outcome
from zhibu_audit_campaign.reads import sheets

Of = Annotated[strawberry.ID, strawberry.argument(description="参加排查的党组织。 Whose it is.")]


@strawberry.input(description="问题的筛选条件。 What the issues must be.")
class AuditCampaignIssueFilter:
    label: str | None = told("只看这个标签的。 With this label only.", None)
    state: Judged | None = told("只看这样认定的。 Only those judged so.", None)


@strawberry.type
class WorkQuery:
    @connection(
        where=sheets.of_campaign,
        order=lambda row: [row.c.organization_id, row.c.label, row.c.id],
        filters={
            "filter.label": lambda row, args, env: row.c.label == args.bind("filter.label"),
            "filter.state": lambda row, args, env: row.c.state == args.bind("filter.state"),
        },
    )
    def audit_campaign_issues(
        self,
        campaign: Asked,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: AuditCampaignIssueFilter | None = None,
    ) -> Connection[AuditCampaignIssue]:
        """流动、空挂、口袋、失联等名单。 Lists by label, here and below."""

    @connection(
        where=sheets.of_campaign,
        order=lambda row: [row.c.due_on, row.c.id],
        filters={"outcome": lambda row, args, env: row.c.outcome == args.bind("outcome")},
    )
    def audit_campaign_searches(
        self,
        campaign: Asked,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        outcome: Annotated[
            Outcome | None,
            strawberry.argument(description="只看这个结果的。 With this outcome only."),
        ] = None,
    ) -> Connection[AuditCampaignSearch]:
        """查找中、已取得联系和无法取得联系的登记。 Registers of searches, here and below."""

    @connection(
        where=lambda row, args, env: (
            row.c.audited_id == args.row("audited", "AuditCampaignAudited")
        ),
        order=lambda row: [row.c.since, row.c.id],
    )
    def audit_campaign_workers(
        self, audited: Of, first: int, after: str | None = None, offset: int | None = None
    ) -> Connection[AuditCampaignWorker]:
        """排查工作组。 A work group."""

    @connection(
        where=lambda row, args, env: (
            row.c.audited_id == args.row("audited", "AuditCampaignAudited")
        ),
        order=lambda row: [row.c.held_on, row.c.id],
    )
    def audit_campaign_trainings(
        self, audited: Of, first: int, after: str | None = None, offset: int | None = None
    ) -> Connection[AuditCampaignTraining]:
        """排查培训记录。 Trainings of a work group."""
