"""One card, one book, one ledger: pages to print, and where all of them are (S4-03)."""

from typing import Annotated, Any

import strawberry

from zhibu.graph.fields import resolved
from zhibu.graph.inputs import row
from zhibu.reading import public
from zhibu_scoring import actions
from zhibu_scoring.service import cards, ledgers

Info = strawberry.Info[Any]
SHOWN = "shown with the field, which has its permission"


@public(SHOWN)
@strawberry.type(description="一份可打印的档案。 Something to print.")
class ScoringArchivePage:
    title: str = strawberry.field(description="名称。 What it is.")
    members: int = strawberry.field(description="所列党员人数。 Of how many members.")
    address: str = strawberry.field(description="打印地址。 Where it is printed.")


@public(SHOWN)
@strawberry.type(description="支部“一卡一本一账”档案。 Cards, book and ledgers of a branch.")
class ScoringArchive:
    cards: list[ScoringArchivePage] = strawberry.field(
        description="一卡：各党员信息卡。 A card for each member."
    )
    book: ScoringArchivePage = strawberry.field(
        description="一本：党员活动记录本。 The record book of the year."
    )
    ledgers: list[ScoringArchivePage] = strawberry.field(
        description="一账：各类别党员台账。 A ledger for each class."
    )


@strawberry.type
class CardQuery:
    @resolved("党员信息卡，供打印。 A member's information card.", actions.READ)
    async def scoring_card_page(self, info: Info, member: strawberry.ID) -> str:
        async with info.context.act() as act:
            return await cards.card(act, row(member, "Member", "member"))

    @resolved("各类别党员台账，供打印。 The ledgers of a branch's members.", actions.READ)
    async def scoring_ledger_page(
        self,
        info: Info,
        organization: strawberry.ID,
        title: Annotated[
            str | None, strawberry.argument(description="只打印该类别。 Of this class only.")
        ] = None,
    ) -> str:
        async with info.context.act() as act:
            unit = row(organization, "Organization", "organization")
            return await ledgers.ledger(act, unit, title)

    @resolved("支部“一卡一本一账”档案目录。 A branch's cards, book and ledgers.", actions.READ)
    async def scoring_archive(
        self, info: Info, organization: strawberry.ID, year: int
    ) -> ScoringArchive:
        async with info.context.act() as act:
            unit = row(organization, "Organization", "organization")
            found = await ledgers.archive(act, unit, year)
        return ScoringArchive(
            cards=[ScoringArchivePage(**vars(each)) for each in found.cards],
            book=ScoringArchivePage(**vars(found.book)),
            ledgers=[ScoringArchivePage(**vars(each)) for each in found.ledgers],
        )
