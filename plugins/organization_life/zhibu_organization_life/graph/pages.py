"""Pages to print. Printing is an act: who printed which book stands in the ledger."""

from typing import Annotated, Any

import strawberry

from zhibu.graph.fields import resolved
from zhibu.graph.inputs import row
from zhibu_organization_life import actions
from zhibu_organization_life.graph.inputs.rows import appraisal_row, engagement_row
from zhibu_organization_life.service import book, letters, matter_pages
from zhibu_organization_life.service.appraisals import printing

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

    @resolved("党员教育管理事项登记表，供上报。 Matters of a year, to report.", actions.MATTER_READ)
    async def organization_life_matters_page(
        self, info: Info, organization: strawberry.ID, year: int
    ) -> str:
        async with info.context.act() as act:
            id = row(organization, "Organization", "organization")
            return await matter_pages.page(act, id, year)

    @resolved("党员目标管理责任书，供签订。 A responsibility letter.", actions.REGISTER_READ)
    async def organization_life_letter_page(
        self,
        info: Info,
        engagement: Annotated[
            strawberry.ID, strawberry.argument(description="责任书。 The letter.")
        ],
    ) -> str:
        async with info.context.act() as act:
            return await letters.letter(act, engagement_row(engagement))

    @resolved("民主评议党员结果，供张贴。 The grades of an appraisal.", actions.READ)
    async def organization_life_appraisal_page(
        self,
        info: Info,
        appraisal: Annotated[
            strawberry.ID, strawberry.argument(description="民主评议。 The appraisal.")
        ],
    ) -> str:
        async with info.context.act() as act:
            return await printing.page(act, appraisal_row(appraisal))
