"""Pages to print. Printing is an act: who printed whose letter stands in the ledger."""

from typing import Annotated, Any

import strawberry

from zhibu.graph.fields import resolved
from zhibu.graph.inputs import row
from zhibu_transfers import actions
from zhibu_transfers.graph.words import Listed
from zhibu_transfers.service import pages, registers

Info = strawberry.Info[Any]


@strawberry.type
class TransfersPages:
    @resolved("组织关系介绍信三联，供打印。 A letter: stub, letter, receipt slip.", actions.ISSUE)
    async def transfers_letter_page(
        self,
        info: Info,
        letter: Annotated[strawberry.ID, strawberry.argument(description="介绍信。 The letter.")],
    ) -> str:
        async with info.context.act() as act:
            return await pages.letter(act, row(letter, "TransfersLetter", "letter"))

    @resolved("未收到回执党员登记表，供打印。 Who left without a receipt.", actions.READ)
    async def transfers_unreceipted_page(self, info: Info, organization: strawberry.ID) -> str:
        async with info.context.act() as act:
            return await pages.unreceipted(act, row(organization, "Organization", "organization"))

    @resolved("组织关系介绍信登记簿，供打印。 Letters issued here and below.", actions.READ)
    async def transfers_letters_page(
        self,
        info: Info,
        organization: strawberry.ID,
        year: Annotated[
            int | None, strawberry.argument(description="只列该年度。 Only of this year.")
        ] = None,
        only: Annotated[
            Listed | None, strawberry.argument(description="只列未使用或已过期的。 Only those.")
        ] = None,
    ) -> str:
        async with info.context.act() as act:
            unit = row(organization, "Organization", "organization")
            return await registers.letters_page(act, unit, year=year, only=only)

    @resolved("停止党籍、保留组织关系登记表。 Who is stopped, or retained abroad.", actions.READ)
    async def transfers_memberships_page(self, info: Info, organization: strawberry.ID) -> str:
        async with info.context.act() as act:
            unit = row(organization, "Organization", "organization")
            return await registers.memberships_page(act, unit)
