"""What scoring adds to members."""

from decimal import Decimal

import strawberry

from zhibu.organizations.graph import PostType
from zhibu.reading import computed, expression, part, public, to_many, to_one
from zhibu_scoring import actions, reads
from zhibu_scoring.graph import accounts
from zhibu_scoring.graph.accounts import OF_YEAR
from zhibu_scoring.graph.types import ScoringEntry, ScoringExemption
from zhibu_scoring.graph.words import Standing
from zhibu_scoring.graph.years.beside import ScoringRecommendation
from zhibu_scoring.graph.years.types import ScoringResult

SAME = "whoever sees the total sees what it consists of"


@public("shown with the part, which has its permission")
@strawberry.type(description="党员年度积分。 A member's points of a year.")
class MemberScoring:
    year: int = expression(lambda of, env: of.year, description="考核年度。 The year.")
    standing: Standing = computed(
        accounts.standings, needs=OF_YEAR, description="是否计分。 Whether it is assessed."
    )
    base: Decimal | None = computed(
        accounts.bases, needs=OF_YEAR, description="基础分。 What everybody begins with."
    )
    plus: Decimal | None = computed(
        accounts.pluses, needs=OF_YEAR, description="已认定的加分。 What was added."
    )
    minus: Decimal | None = computed(
        accounts.minuses,
        needs=OF_YEAR,
        description="已认定的减分，减至基础分扣完为止。 What was taken off, down to no base.",
    )
    vetoed: bool = computed(
        accounts.vetoes, needs=OF_YEAR, description="是否一票否决。 Whether a veto stands."
    )
    total: Decimal | None = computed(
        accounts.totals,
        needs=OF_YEAR,
        description="年度得分；不计分的为空。 The total; null where nothing is assessed.",
    )
    reason: str = computed(
        accounts.reasons, needs=OF_YEAR, description="得分为什么是这个数。 Why it is what it is."
    )
    basis: str = computed(
        accounts.sources, needs=OF_YEAR, description="所用积分办法。 The scheme it rests on."
    )
    result: ScoringResult | None = to_one(
        lambda of, target: (target.c.member_id == of.member.c.id) & (target.c.year == of.year),
        shown_with_parent=SAME,
        description="支部汇总的年度结果；尚未汇总的为空。 What the branch drew up, once it did.",
    )
    entries: list[ScoringEntry] = to_many(
        lambda of, target: (target.c.member_id == of.member.c.id) & (target.c.year == of.year),
        order_by=lambda target: [target.c.happened_on, target.c.id],
        limit=200,
        shown_with_parent=SAME,
        description="该年度的记分，含未认定的和冲销。 Every entry of the year.",
    )
    exemptions: list[ScoringExemption] = to_many(
        lambda of, target: (target.c.member_id == of.member.c.id) & reads.holds(target, of.year),
        order_by=lambda target: [target.c.first_year, target.c.id],
        limit=50,
        shown_with_parent=SAME,
        description="该年度不列入积分的办理。 What leaves the member out of the year.",
    )


@public("shown with the part, which has its permission")
@strawberry.type(description="支部积分考核的专人记录。 Who records a branch's assessment.")
class OrganizationScoring:
    recorders: list[PostType] = to_many(
        lambda of, target: of.records(target),
        order_by=lambda target: [target.c.kind, target.c.since, target.c.id],
        limit=20,
        shown_with_parent="who records is known to whoever sees the branch",
        description="现任考核记录员、考核监督员。 Who records, and supervises, now.",
    )
    unrecommended: int = expression(
        lambda of, env: of.unrecommended(),
        description="其中未登记民主推荐的人数；应为 0。 Those without a recommendation.",
    )
    recommendations: list[ScoringRecommendation] = to_many(
        lambda of, target: of.recommended(target),
        order_by=lambda target: [target.c.held_on, target.c.id],
        limit=20,
        shown_with_parent="who records is known to whoever sees the branch",
        description="现任的民主推荐。 The recommendations that they rest on.",
    )


@strawberry.type
class ScoringOfOrganization:
    @part(reads.OfOrganization, permission=actions.YEAR_READ)
    def scoring(self) -> OrganizationScoring | None:
        """支部积分考核的专人记录；无权查看时为空。 Who records; null if not to be seen."""


@strawberry.type
class ScoringOfMember:
    @part(reads.OfMember, permission=actions.READ)
    def scoring(self, year: int) -> MemberScoring | None:
        """党员某年度的积分；无权查看时为空。 Points of a year; null if the caller may not see."""
