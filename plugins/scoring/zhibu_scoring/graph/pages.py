"""Pages to print, and what a member's year rests on. Printing stands in the ledger."""

from typing import Any

import strawberry

from zhibu.graph.fields import resolved
from zhibu.graph.inputs import row
from zhibu.reading import public
from zhibu_scoring import actions
from zhibu_scoring.graph.words import Suggestion, Target
from zhibu_scoring.service import evidence, pages

Info = strawberry.Info[Any]
SHOWN = "shown with the field, which has its permission"


@public(SHOWN)
@strawberry.type(description="提示；由组织研究决定。 What records suggest; people decide.")
class ScoringSuggestion:
    suggestion: Suggestion = strawberry.field(description="提示内容。 What is suggested.")
    months: list[str] = strawberry.field(description="所依据的月份。 The months it rests on.")


@public(SHOWN)
@strawberry.type(description="“五个一”完成情况。 One of the five ones.")
class ScoringTarget:
    target: Target = strawberry.field(description="目标。 Which.")
    reached: bool = strawberry.field(description="是否完成。 Whether it was reached.")


@public(SHOWN)
@strawberry.type(description="积分以外的年度情况。 A member's year beside points.")
class ScoringEvidence:
    attended: int = strawberry.field(
        description="参加组织生活次数。 How often he took part in organization life."
    )
    least: int = strawberry.field(description="每年至少次数。 How often at least.")
    basis: str = strawberry.field(description="依据。 Document, article and value used.")
    suggestions: list[ScoringSuggestion] = strawberry.field(description="提示。 Suggestions.")
    targets: list[ScoringTarget] = strawberry.field(
        description="在职党员“五个一”。 The five ones, of members in service."
    )


@strawberry.type
class PageQuery:
    @resolved("党员管理考核表（附件2），供打印。 A member's sheet of a year.", actions.READ)
    async def scoring_sheet_page(self, info: Info, member: strawberry.ID, year: int) -> str:
        async with info.context.act() as act:
            return await pages.sheet(act, row(member, "Member", "member"), year)

    @resolved(
        "党员日常积分汇总（公示）表（附件3），供张贴。 A branch's summary.", actions.YEAR_READ
    )
    async def scoring_summary_page(self, info: Info, organization: strawberry.ID, year: int) -> str:
        async with info.context.act() as act:
            unit = row(organization, "Organization", "organization")
            return await pages.summary(act, unit, year)

    @resolved("党员年度情况和提示。 What a member's year rests on.", actions.READ)
    async def scoring_evidence(
        self, info: Info, member: strawberry.ID, year: int
    ) -> ScoringEvidence:
        async with info.context.act() as act:
            found = await evidence.of(act, row(member, "Member", "member"), year)
        return ScoringEvidence(
            attended=found.attended,
            least=found.least,
            basis=found.basis,
            suggestions=[
                ScoringSuggestion(suggestion=each.suggestion, months=list(each.months))
                for each in found.found
            ],
            targets=[
                ScoringTarget(target=target, reached=reached)
                for target, reached in found.targets.items()
            ],
        )
