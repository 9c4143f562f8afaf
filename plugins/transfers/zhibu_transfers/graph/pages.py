"""Pages to print. Printing is an act: who printed whose letter stands in the ledger."""

from typing import Annotated, Any

import strawberry

from zhibu.graph.fields import resolved
from zhibu.graph.inputs import row
from zhibu_transfers import actions
from zhibu_transfers.service import pages

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
