"""Asking for transfers and letters, and for where a member belongs."""

from typing import Any

import strawberry

from zhibu.graph.fields import resolved
from zhibu.graph.inputs import row, told
from zhibu.reading import Connection, connection, public
from zhibu_transfers import actions
from zhibu_transfers.graph.inputs import TransfersPlacementInput
from zhibu_transfers.graph.types import TransfersCase, TransfersLetter
from zhibu_transfers.graph.words import Kind, LetterState, Place, State
from zhibu_transfers.reads import cases
from zhibu_transfers.service.opening import suggest

Info = strawberry.Info[Any]


@public("the answer of a rule, about nobody in the register")
@strawberry.type(description="去向建议。 Where the decision table places a member.")
class TransfersSuggestion:
    place: Place = strawberry.field(description="应接收的党组织类别。 Where he belongs.")
    clause: str = strawberry.field(description="条款。 The clause that decided.")
    basis: str = strawberry.field(description="依据。 The document behind the table.")
    considered: list[str] = strawberry.field(
        description="同样符合而次序在后的条款。 Clauses that fit as well, and come later."
    )
    temporary: bool = strawberry.field(
        description="是否短期外出：不转移组织关系，登记为外出党员（flowMembersCaseRecord）。 "
        "Whether he is away for too short: to be recorded as a floating member."
    )


@strawberry.input(description="转接的筛选条件。 What the transfers must be.")
class TransfersCaseFilter:
    state: State | None = told("只看这个状态的。 Only in this state.", None)
    kind: Kind | None = told("只看这个类别的。 Only of this kind.", None)
    member: strawberry.ID | None = told("只看该党员。 Only this member's.", None)
    open: bool | None = told("只看办理中的，或已办结的。 Only those under way, or not.", None)
    without_receipt: bool | None = told(
        "只看逾期未收到回执的，或其他。 Only those whose receipt is overdue, or not.", None
    )


@strawberry.input(description="介绍信的筛选条件。 What the letters must be.")
class TransfersLetterFilter:
    year: int | None = told("只看该年度。 Only of this year.", None)
    state: LetterState | None = told("只看这个状态的。 Only in this state.", None)
    expired: bool | None = told("只看过期未用的，或其他。 Only those expired unused, or not.", None)


@strawberry.type
class TransfersQuery:
    @connection(
        where=cases.inside,
        order=lambda row: [row.c.opened_on.desc(), row.c.id],
        filters={
            "filter.state": lambda row, args, env: row.c.state == args.bind("filter.state"),
            "filter.kind": lambda row, args, env: row.c.kind == args.bind("filter.kind"),
            "filter.member": lambda row, args, env: (
                row.c.member_id == args.row("filter.member", "Member")
            ),
            "filter.open": lambda row, args, env: cases.is_open(row) == args.bind("filter.open"),
            "filter.without_receipt": lambda row, args, env: (
                cases.lacks(row, env) == args.bind("filter.without_receipt")
            ),
        },
    )
    def transfers_cases(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: TransfersCaseFilter | None = None,
    ) -> Connection[TransfersCase]:
        """转出或转入本组织及下级的转接，最近的在前。 Transfers from or to here or below."""

    @connection(
        where=cases.letters_inside,
        order=lambda row: [row.c.year.desc(), row.c.serial.desc(), row.c.id],
        filters={
            "filter.year": lambda row, args, env: row.c.year == args.bind("filter.year"),
            "filter.state": lambda row, args, env: row.c.state == args.bind("filter.state"),
            "filter.expired": lambda row, args, env: (
                cases.expired(row, env) == args.bind("filter.expired")
            ),
        },
    )
    def transfers_letters(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        filter: TransfersLetterFilter | None = None,
    ) -> Connection[TransfersLetter]:
        """本组织及下级开具的介绍信，最近的在前。 Letters issued here or below, the latest first."""

    @resolved("按规定该党员应转往何处。 Where a member with these facts belongs.", actions.READ)
    async def transfers_placement(
        self, info: Info, organization: strawberry.ID, input: TransfersPlacementInput
    ) -> TransfersSuggestion:
        async with info.context.act() as act:
            unit = row(organization, "Organization", "organization")
            found = await suggest(act, unit, input.facts())
            return TransfersSuggestion(
                place=found.place,
                clause=found.clause,
                basis=str(found.basis or ""),
                considered=[each.clause for each in found.considered],
                temporary=found.temporary,
            )
