"""Asking for who comes from other institutions."""

import strawberry

from zhibu.graph.inputs import told
from zhibu.reading import Connection, connection
from zhibu_flow_members import reads
from zhibu_flow_members.graph.types import FlowMembersGuest
from zhibu_flow_members.graph.words import GuestState


@strawberry.input(description="其他单位外来党员的筛选条件。 What the stays must be.")
class FlowMembersGuestFilter:
    here: bool | None = told("是否在此。 Whether he is taken in and here today.", None)
    states: list[GuestState] | None = told("是否接收。 What was decided.", None)


@strawberry.type
class FlowMembersGuests:
    @connection(
        where=lambda row, args, env: reads.guests_inside(
            row, args.row("organization", "Organization")
        ),
        order=lambda row: [row.c.since.desc(), row.c.id],
        filters={
            "filter.here": lambda row, args, env: (
                reads.guest_here(row, env.today) == args.bind("filter.here")
            ),
            "filter.states": lambda row, args, env: args.among(row.c.state, "filter.states"),
        },
    )
    def flow_members_guests(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: FlowMembersGuestFilter | None = None,
    ) -> Connection[FlowMembersGuest]:
        """平台内其他单位的外来党员，最近的在前。 Who comes from other institutions of here."""
