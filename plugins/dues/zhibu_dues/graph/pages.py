"""Pages to print. Printing is an act: who printed whose record stands in the ledger."""

from typing import Annotated, Any

import strawberry

from zhibu.graph.fields import resolved
from zhibu.graph.inputs import row
from zhibu_dues import actions
from zhibu_dues.service import pages

Info = strawberry.Info[Any]


@strawberry.type
class DuesPages:
    @resolved("党费收据，供打印。 The receipt of a payment.", actions.READ)
    async def dues_receipt_page(
        self,
        info: Info,
        payment: Annotated[strawberry.ID, strawberry.argument(description="记录。 The payment.")],
    ) -> str:
        async with info.context.act() as act:
            return await pages.receipt(act, row(payment, "DuesPayment", "payment"))

    @resolved("党费交纳证明，供转接时打印。 Up to which month a member has paid.", actions.READ)
    async def dues_standing_page(self, info: Info, member: strawberry.ID) -> str:
        async with info.context.act() as act:
            return await pages.standing(act, row(member, "Member", "member"))

    @resolved("党费收缴情况表，供打印。 Who owes and paid what, month by month.", actions.READ)
    async def dues_grid_page(self, info: Info, organization: strawberry.ID, year: int) -> str:
        async with info.context.act() as act:
            return await pages.grid(act, row(organization, "Organization", "organization"), year)

    @resolved("年度党费公布，供张贴。 A year's dues as published.", actions.READ)
    async def dues_publication_page(
        self,
        info: Info,
        publication: Annotated[
            strawberry.ID, strawberry.argument(description="公布。 The publication.")
        ],
    ) -> str:
        async with info.context.act() as act:
            id = row(publication, "DuesPublication", "publication")
            return await pages.publication(act, id)
