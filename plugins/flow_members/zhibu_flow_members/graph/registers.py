"""Asking for cards, notes and liaisons."""

from typing import Annotated, Any

import strawberry

from zhibu.graph.fields import resolved
from zhibu.graph.inputs import row, told
from zhibu.reading import Connection, connection
from zhibu_flow_members import actions, reads
from zhibu_flow_members.graph.inputs.cards import card_row
from zhibu_flow_members.graph.types import FlowMembersCard, FlowMembersLiaison, FlowMembersNote
from zhibu_flow_members.graph.words import NoteKind, Phase
from zhibu_flow_members.service import card_pages, certificates, reports

Info = strawberry.Info[Any]


@strawberry.input(description="活动证的筛选条件。 What the cards must be.")
class FlowMembersCardFilter:
    holds: bool | None = told("是否有效。 Whether they hold.", None)
    issued: bool | None = told("是否已发放。 Whether they were issued.", None)
    serial: int | None = told("编号。 The number.", None)


@strawberry.input(description="记录的筛选条件。 What the notes must be.")
class FlowMembersNoteFilter:
    kinds: list[NoteKind] | None = told("类型。 Kinds.", None)
    phases: list[Phase] | None = told("流动阶段。 Phases.", None)
    void: bool | None = told("是否作废。 Whether they are void.", None)
    case: strawberry.ID | None = told("该次外出的。 Of this stay.", None)


@strawberry.type
class FlowMembersRegisters:
    @connection(
        where=lambda row, args, env: reads.members_inside(
            row.c.member_id, args.row("organization", "Organization")
        ),
        order=lambda row: [row.c.serial.desc()],
        filters={
            "filter.holds": lambda row, args, env: (
                row.c.ended_on.is_(None) == args.bind("filter.holds")
            ),
            "filter.issued": lambda row, args, env: (
                row.c.issued_on.is_not(None) == args.bind("filter.issued")
            ),
            "filter.serial": lambda row, args, env: row.c.serial == args.bind("filter.serial"),
        },
    )
    def flow_members_cards(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: FlowMembersCardFilter | None = None,
    ) -> Connection[FlowMembersCard]:
        """流动党员活动证，编号大的在前。 Activity cards, the latest first."""

    @connection(
        where=lambda row, args, env: reads.noted_inside(
            row, args.row("organization", "Organization")
        ),
        order=lambda row: [row.c.happened_on.desc(), row.c.id],
        filters={
            "filter.kinds": lambda row, args, env: args.among(row.c.kind, "filter.kinds"),
            "filter.phases": lambda row, args, env: args.among(row.c.phase, "filter.phases"),
            "filter.void": lambda row, args, env: (
                row.c.voided_on.is_not(None) == args.bind("filter.void")
            ),
            "filter.case": lambda row, args, env: (
                row.c.case_id == args.row("filter.case", "FlowMembersCase")
            ),
        },
    )
    def flow_members_notes(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: FlowMembersNoteFilter | None = None,
    ) -> Connection[FlowMembersNote]:
        """联系、教育、汇报和走访记录，最近的在前。 What both sides noted, the latest first."""

    @connection(
        where=lambda row, args, env: reads.members_inside(
            row.c.member_id, args.row("organization", "Organization")
        ),
        order=lambda row: [row.c.since.desc(), row.c.id],
        filters={
            "keeps": lambda row, args, env: row.c.once.is_not(None) == args.bind("keeps"),
        },
    )
    def flow_members_liaisons(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        keeps: Annotated[
            bool | None, strawberry.argument(description="是否仍在联络。 Whether they do still.")
        ] = None,
    ) -> Connection[FlowMembersLiaison]:
        """流动党员联络员。 Who keeps contact with whom."""

    @resolved("流动党员活动证，供打印。 An activity card to print.", actions.READ)
    async def flow_members_card_page(
        self,
        info: Info,
        card: Annotated[strawberry.ID, strawberry.argument(description="活动证。 The card.")],
    ) -> str:
        async with info.context.act() as act:
            return await card_pages.page(act, card_row(card))

    @resolved("党员证明信，供打印。 A certificate letter to print.", actions.RECORD)
    async def flow_members_certificate_page(
        self,
        info: Info,
        case: Annotated[strawberry.ID, strawberry.argument(description="外出登记。 The case.")],
    ) -> str:
        async with info.context.act() as act:
            return await certificates.page(act, row(case, "FlowMembersCase", "case"))

    @resolved("流动党员情况报告，供打印。 A report to print.", actions.SUMMARY_READ)
    async def flow_members_summary_page(
        self,
        info: Info,
        summary: Annotated[strawberry.ID, strawberry.argument(description="报告。 The report.")],
    ) -> str:
        async with info.context.act() as act:
            return await reports.page(act, row(summary, "FlowMembersSummary", "summary"))
