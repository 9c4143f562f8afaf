"""Pages to print. Printing is an act: who printed which book stands in the ledger."""

from typing import Any

import strawberry

from zhibu.graph.fields import resolved
from zhibu.graph.inputs import row
from zhibu_organization_life import actions
from zhibu_organization_life.service import book

Info = strawberry.Info[Any]


@strawberry.type
class LifePages:
    @resolved("组织生活记录本，供打印。 A branch's record book of a year.", actions.MINUTES_READ)
    async def organization_life_book_page(
        self, info: Info, organization: strawberry.ID, year: int
    ) -> str:
        async with info.context.act() as act:
            id = row(organization, "Organization", "organization")
            return await book.book(act, id, year)
