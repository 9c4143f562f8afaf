"""What education adds to organizations: totals of a year, what is behind, and the evaluation."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import strawberry

from zhibu.reading import computed, expression, part, public, to_one
from zhibu_education import actions, reads
from zhibu_education.graph import indicators
from zhibu_education.graph.types import EducationPlan

TOTALS: dict[str, Any] = {
    "members": lambda of, env: of.total(reads.MEMBERS),
    "met": lambda of, env: of.total(reads.MET),
    "hours": lambda of, env: reads.as_hours(of.total(reads.HOURS)),
}
FIGURES: dict[str, Any] = TOTALS | {
    "sessions": lambda of, env: of.total(reads.SESSIONS),
    "leaders": lambda of, env: _leaders(of),
    "lectured": lambda of, env: _leaders(of, lectured=True),
    "study_due": lambda of, env: _study(of, joined=False),
    "study_joined": lambda of, env: _study(of, joined=True),
    "plans_due": lambda of, env: _plans(of, made=False),
    "plans_made": lambda of, env: _plans(of, made=True),
    "year": lambda of, env: of.year,
    "path": lambda of, env: of.organization.c.path,
}


def _leaders(of: Any, *, lectured: bool = False) -> Any:
    return reads.leaders(of.here, of.asked, lectured=lectured)


def _study(of: Any, *, joined: bool) -> Any:
    return reads.places_in_study(of.here, of.asked, joined=joined)


def _plans(of: Any, *, made: bool) -> Any:
    return reads.plans(of.here, of.asked, made=made)


@public("shown with the part, which has its permission")
@strawberry.type(description="党组织年度学时汇总。 An organization's class hours of a year.")
class OrganizationEducation:
    year: int = expression(lambda of, env: of.year, description="年度。 The year.")
    members: int = expression(
        lambda of, env: of.total(reads.MEMBERS),
        description="应完成学时的党员数。 Members who need hours in the year, here and below.",
    )
    met: int = expression(
        lambda of, env: of.total(reads.MET), description="已达标人数。 Members who reached them."
    )
    verified_hours: Decimal = expression(
        lambda of, env: reads.as_hours(of.total(reads.HOURS)),
        description="已认定学时合计。 All verified hours.",
    )
    pending_hours: Decimal = expression(
        lambda of, env: reads.as_hours(of.total(reads.PENDING)),
        description="待认定学时合计。 All hours to be verified.",
    )
    sessions: int = expression(
        lambda of, env: of.total(reads.SESSIONS), description="已举办班次。 Sessions held."
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
    behind_pace: int = expression(
        lambda of, env: reads.members_short(of, "behind_pace"),
        description="落后于进度的人数，名单见 educationBehind。 Members behind even progress.",
    )
    will_miss: int = expression(
        lambda of, env: reads.members_short(of, "will_miss"),
        description="预计年末不达标的人数。 Members who will miss the year.",
    )
    not_met: int = expression(
        lambda of, env: reads.members_short(of, "not_met"),
        description="尚未达标的人数。 Members who have not reached their hours.",
    )
    credits_waiting: int = expression(
        lambda of, env: reads.credits_waiting(of),
        description="待认定的学时记录数，名单见 educationCredits。 Credits to be verified.",
    )
    waiting_since: datetime | None = expression(
        lambda of, env: reads.waiting_since(of),
        description="等待最久的一条的登记时间。 When the one waiting longest was entered.",
    )
    leaders: int = expression(
        lambda of, env: _leaders(of),
        description="本年任领导职务的党员数，名单见 educationLeaders。 Members who lead.",
    )
    leaders_lectured: int = expression(
        lambda of, env: _leaders(of, lectured=True),
        description="其中讲满党课的人数。 Those who gave as many lectures as are asked for.",
    )
    study_due: int = expression(
        lambda of, env: _study(of, joined=False),
        description="领导干部应参加所在单位集体学习的人次。 Leaders' places in collective study.",
    )
    study_joined: int = expression(
        lambda of, env: _study(of, joined=True),
        description="其中实际参加的人次。 Those of them that were joined.",
    )
    plan_due: bool = expression(
        lambda of, env: reads.plan_due(of.organization, of.asked),
        description="本组织是否须制定年度培训计划。 Whether this organization owes a plan.",
    )
    plan: EducationPlan | None = to_one(
        lambda of, target: (
            (target.c.organization_id == of.organization.c.id) & (target.c.year == of.year)
        ),
        description="本组织的年度培训计划。 This organization's plan.",
    )
    plans_due: int = expression(
        lambda of, env: _plans(of, made=False),
        description="须制定年度培训计划的组织数。 Organizations that owe a plan.",
    )
    plans_made: int = expression(
        lambda of, env: _plans(of, made=True),
        description="其中已发布计划的组织数，未发布的见 educationPlansMissing。 Those published.",
    )
    evaluation: list[indicators.EducationIndicator] = computed(
        indicators.evaluations,
        needs=FIGURES,
        description="按现行考评指标计算的结果。 Results by the indicators in force that year.",
    )


@strawberry.type
class EducationOfOrganization:
    @part(reads.OfOrganization, permission=actions.READ)
    def education(self, year: int, on: date | None = None) -> OrganizationEducation | None:
        """党组织及其下级某年度的学时汇总，进度截至 on（默认今天）。 A year, here and below."""
