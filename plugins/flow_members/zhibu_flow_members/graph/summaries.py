"""Asking for reports, and for the people behind their figures."""

from typing import Annotated

import strawberry

from zhibu.graph.inputs import told
from zhibu.reading import Connection, connection
from zhibu_flow_members import reads
from zhibu_flow_members.graph.types import FlowMembersCase, FlowMembersSpotCheck, FlowMembersSummary
from zhibu_flow_members.graph.words import Figure, Stand


@strawberry.input(description="报告的筛选条件。 What the reports must be.")
class FlowMembersSummaryFilter:
    year: int | None = told("年度。 The year.", None)
    half: int | None = told("上半年 1、下半年 2、全年 0。 The half.", None)
    states: list[Stand] | None = told("进展。 Where they stand.", None)


@strawberry.type
class FlowMembersSummaries:
    @connection(
        where=lambda row, args, env: reads.organizations_inside(
            row.c.organization_id, args.row("organization", "Organization")
        ),
        order=lambda row: [row.c.year.desc(), row.c.half.desc(), row.c.id],
        filters={
            "filter.year": lambda row, args, env: row.c.year == args.bind("filter.year"),
            "filter.half": lambda row, args, env: row.c.half == args.bind("filter.half"),
            "filter.states": lambda row, args, env: args.among(row.c.state, "filter.states"),
        },
    )
    def flow_members_summaries(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: FlowMembersSummaryFilter | None = None,
    ) -> Connection[FlowMembersSummary]:
        """流动党员情况报告，最近的在前。 Reports of here and below, the latest first."""

    @connection(
        where=reads.behind,
        order=lambda row: [row.c.since.desc(), row.c.id],
    )
    def flow_members_people(
        self,
        summary: Annotated[strawberry.ID, strawberry.argument(description="报告。 The report.")],
        figure: Annotated[Figure, strawberry.argument(description="数字。 Which figure.")],
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[FlowMembersCase]:
        """报告中某个数字所指的外出登记。 The people behind a figure of a report."""

    @connection(
        where=lambda row, args, env: reads.organizations_inside(
            row.c.organization_id, args.row("organization", "Organization")
        ),
        order=lambda row: [row.c.year.desc(), row.c.id],
    )
    def flow_members_spot_checks(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[FlowMembersSpotCheck]:
        """流动党员工作年度抽查，最近的在前。 Spot checks, the latest first."""
