"""Asking for the figures of a training year."""

from decimal import Decimal

import strawberry

from zhibu.reading import computed, expression, figures, public
from zhibu_education import actions, reads
from zhibu_education.graph import indicators
from zhibu_education.graph.parts.organization import TOTALS


@public("numbers; the field that answers them has its permission")
@strawberry.type(description="年度学时汇总数字。 Figures of a training year.")
class EducationFigures:
    members: int = expression(
        lambda totals, env: totals.total(reads.MEMBERS),
        description="应完成学时的党员数。 Members who need hours.",
    )
    met: int = expression(
        lambda totals, env: totals.total(reads.MET), description="已达标人数。 Members who met."
    )
    verified_hours: Decimal = expression(
        lambda totals, env: reads.as_hours(totals.total(reads.HOURS)),
        description="已认定学时合计。 All verified hours.",
    )
    pending_hours: Decimal = expression(
        lambda totals, env: reads.as_hours(totals.total(reads.PENDING)),
        description="待认定学时合计。 All hours to be verified.",
    )
    sessions: int = expression(
        lambda totals, env: totals.total(reads.SESSIONS), description="已举办班次。 Sessions held."
    )
    completion: Decimal | None = computed(
        indicators.completions,
        needs=TOTALS,
        description="学时达标率（百分数，一位小数）。 Share that reached the hours, in percent.",
    )
    average_hours: Decimal | None = computed(
        indicators.averages,
        needs=TOTALS,
        description="人均认定学时（一位小数）。 Verified hours per member who needs hours.",
    )


@strawberry.type
class FiguresQuery:
    @figures(reads.Totals, permission=actions.READ)
    def education_figures(self, organization: strawberry.ID, year: int) -> EducationFigures:
        """某组织及其下级的年度学时汇总。 Figures of a training year, here and below."""
