"""Asking for who is away, who came, and where many are."""

from typing import Any

import strawberry

from zhibu.graph.fields import resolved
from zhibu.graph.inputs import row, told
from zhibu.reading import Connection, connection, one, public
from zhibu_flow_members import actions, reads
from zhibu_flow_members.graph.types import FlowMembersArrival, FlowMembersCase
from zhibu_flow_members.graph.words import Certainty, Paper
from zhibu_flow_members.service import registers

Info = strawberry.Info[Any]


@strawberry.input(description="外出登记的筛选条件。 What the cases must be.")
class FlowMembersCaseFilter:
    away: bool | None = told("是否仍在外。 Whether they are away still.", None)
    floating: bool | None = told("是否属于流动党员。 Whether they are floating today.", None)
    papers: list[Paper] | None = told("所持证件。 Papers.", None)
    certainties: list[Certainty] | None = told("是否确定。 How sure it is.", None)
    told: bool | None = strawberry.field(
        default=None, description="是否已行前谈话。 Whether they were told."
    )
    place: str | None = strawberry.field(default=None, description="外出地点。 Where.")
    member: strawberry.ID | None = strawberry.field(
        default=None, description="该党员的。 Of this member."
    )


@strawberry.input(description="外来登记的筛选条件。 What those who came must be.")
class FlowMembersArrivalFilter:
    here: bool | None = told("是否仍在此。 Whether they are here still.", None)
    verified: bool | None = told("是否已验证。 Whether they are verified.", None)
    filed: bool | None = told("是否已备案。 Whether that is filed.", None)


@public("shown by `flowMembersConcentrations` only, which asks")
@strawberry.type(description="流动党员较集中的去向。 Where many are away together.")
class FlowMembersConcentration:
    place: str = strawberry.field(description="外出地点。 Where.")
    host_name: str | None = strawberry.field(description="流入地党组织。 Who takes them in.")
    members: int = strawberry.field(description="人数。 How many.")
    suggestion: str = strawberry.field(
        description="建议；是否建立由党组织决定。 What suggests itself; people decide."
    )
    basis: str = strawberry.field(description="依据。 Document, article and value used.")


@strawberry.type
class FlowMembersQuery:
    @connection(
        where=lambda row, args, env: reads.members_inside(
            row.c.member_id, args.row("organization", "Organization")
        ),
        order=lambda row: [row.c.since.desc(), row.c.id],
        filters={
            "filter.away": lambda row, args, env: (
                reads.away_now(row, env) == args.bind("filter.away")
            ),
            "filter.floating": lambda row, args, env: (
                reads.floating(row, env) == args.bind("filter.floating")
            ),
            "filter.papers": lambda row, args, env: args.among(row.c.paper, "filter.papers"),
            "filter.certainties": lambda row, args, env: args.among(
                row.c.certainty, "filter.certainties"
            ),
            "filter.told": lambda row, args, env: (
                row.c.told_on.is_not(None) == args.bind("filter.told")
            ),
            "filter.place": lambda row, args, env: row.c.place == args.bind("filter.place"),
            "filter.member": lambda row, args, env: (
                row.c.member_id == args.row("filter.member", "Member")
            ),
        },
    )
    def flow_members_cases(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: FlowMembersCaseFilter | None = None,
    ) -> Connection[FlowMembersCase]:
        """外出党员登记，最近的在前。 Who is or was away from here and below, the latest first."""

    @one(lambda row, args, env: row.c.id == args.row("id", "FlowMembersCase"))
    def flow_members_case(self, id: strawberry.ID) -> FlowMembersCase | None:
        """一条外出登记。 One case."""

    @connection(
        where=lambda row, args, env: reads.organizations_inside(
            row.c.host_id, args.row("organization", "Organization")
        ),
        order=lambda row: [row.c.since.desc(), row.c.id],
        filters={
            "filter.here": lambda row, args, env: (
                reads.away_now(row, env) == args.bind("filter.here")
            ),
            "filter.verified": lambda row, args, env: (
                row.c.verified_on.is_not(None) == args.bind("filter.verified")
            ),
            "filter.filed": lambda row, args, env: (
                row.c.filed_on.is_not(None) == args.bind("filter.filed")
            ),
        },
    )
    def flow_members_arrivals(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: FlowMembersArrivalFilter | None = None,
    ) -> Connection[FlowMembersArrival]:
        """外来党员登记，最近的在前。 Who came to here and below, the latest first."""

    @resolved(
        "流动党员较集中的去向，建议建立流动党员党组织。 Where many are away together.",
        actions.READ,
    )
    async def flow_members_concentrations(
        self, info: Info, organization: strawberry.ID
    ) -> list[FlowMembersConcentration]:
        async with info.context.act() as act:
            found = await registers.concentrated(
                act, row(organization, "Organization", "organization")
            )
        words = info.context.platform.texts
        suggestion = words.of("labels", "flow_members.concentrated", info.context.locale)
        return [
            FlowMembersConcentration(
                place=each.place,
                host_name=host,
                members=each.members,
                suggestion=suggestion,
                basis=str(each.basis),
            )
            for each, host in found
        ]

    @resolved("外出党员登记簿，供打印。 The register of who is away.", actions.READ)
    async def flow_members_outgoing_page(
        self, info: Info, organization: strawberry.ID, year: int
    ) -> str:
        async with info.context.act() as act:
            id = row(organization, "Organization", "organization")
            return await registers.outgoing(act, id, year)

    @resolved("外来党员登记簿，供打印。 The register of who came.", actions.ARRIVAL_READ)
    async def flow_members_incoming_page(
        self, info: Info, organization: strawberry.ID, year: int
    ) -> str:
        async with info.context.act() as act:
            id = row(organization, "Organization", "organization")
            return await registers.incoming(act, id, year)
