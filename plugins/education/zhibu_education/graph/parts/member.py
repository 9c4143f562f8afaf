"""What education adds to members."""

from datetime import date
from decimal import Decimal
from typing import Any

import strawberry

from zhibu.reading import computed, expression, part, public, to_many
from zhibu_education import actions, reads
from zhibu_education.graph import leading, standing
from zhibu_education.graph.enums import Presence
from zhibu_education.graph.types import EducationCredit, EducationExemption, EducationSession

NEEDS: dict[str, Any] = {
    "required": lambda of, env: of.standing.c.required,
    "verified": lambda of, env: of.standing.c.verified,
    "pending": lambda of, env: of.standing.c.pending,
    "enrolled": lambda of, env: of.standing.c.enrolled,
    "ground": lambda of, env: of.standing.c.ground,
    "year": lambda of, env: of.year,
    "on": lambda of, env: of.on,
    "path": lambda of, env: of.member.c.path,
}
LEADS: dict[str, Any] = {
    "leads": lambda of, env: reads.leads(of.member, of.asked),
    "given": lambda of, env: reads.lectures_given(of.member, of.asked),
    "year": lambda of, env: of.year,
    "path": lambda of, env: of.member.c.path,
}


@public("shown with the part, which has its permission")
@strawberry.type(description="党员年度学时。 A member's class hours of a year.")
class MemberEducation:
    year: int = expression(lambda of, env: of.year, description="年度。 The year.")
    opened: bool = expression(
        lambda of, env: of.opened, description="该年度是否已建账。 Whether the year was opened."
    )
    required: Decimal | None = expression(
        lambda of, env: of.standing.c.required, description="应修学时。 Hours needed."
    )
    verified: Decimal | None = expression(
        lambda of, env: of.standing.c.verified, description="已认定学时。 Hours that count."
    )
    pending: Decimal | None = expression(
        lambda of, env: of.standing.c.pending, description="待认定学时。 Hours to be verified."
    )
    earned: Decimal | None = expression(
        lambda of, env: reads.as_hours(of.standing.c.verified + of.standing.c.pending),
        description="已修学时（已认定与待认定）。 Verified and pending hours together.",
    )
    enrolled: Decimal | None = expression(
        lambda of, env: of.standing.c.enrolled,
        description="已报名未举办的学时。 Hours of planned sessions the member is enrolled in.",
    )
    gap: Decimal | None = computed(
        standing.gaps, needs=NEEDS, description="尚缺学时。 Hours still missing."
    )
    met: bool | None = computed(
        standing.met, needs=NEEDS, description="是否达标。 Whether the hours are reached."
    )
    expected: Decimal | None = computed(
        standing.expectations,
        needs=NEEDS,
        description="按均匀进度应达到的学时。 Hours that even progress would have brought by now.",
    )
    behind_pace: bool | None = computed(
        standing.behind, needs=NEEDS, description="是否落后于进度。 Whether behind even progress."
    )
    projected: Decimal | None = computed(
        standing.outlooks, needs=NEEDS, description="预计年末学时。 Hours expected at year's end."
    )
    will_miss: bool | None = computed(
        standing.misses,
        needs=NEEDS,
        description="预计年末是否不达标。 Whether the year will end below the requirement.",
    )
    ground: str | None = computed(
        standing.ground_texts, needs=NEEDS, description="适用规则。 What decided the requirement."
    )
    reason: str | None = computed(
        standing.reasons, needs=NEEDS, description="说明。 Why the number is what it is."
    )
    basis: str | None = computed(
        standing.bases, needs=NEEDS, description="依据。 Document, article and value used."
    )
    leads: bool = expression(
        lambda of, env: reads.leads(of.member, of.asked),
        description="本年是否任书记、副书记或委员。 Whether a leading post was held in the year.",
    )
    lectures_given: int = expression(
        lambda of, env: reads.lectures_given(of.member, of.asked),
        description="本年讲党课或作报告次数。 Party lectures and reports given in the year.",
    )
    lectures_required: int | None = computed(
        leading.lectures_required,
        needs=LEADS,
        description="领导干部本年应讲次数。 Lectures due; null for whoever does not lead.",
    )
    lectures_met: bool | None = computed(
        leading.lectures_met,
        needs=LEADS,
        description="是否讲满。 Whether as many were given; null for whoever does not lead.",
    )
    lectures_basis: str | None = computed(
        leading.bases,
        needs=LEADS,
        description="应讲次数的依据。 Document and article behind it.",
    )
    study_due: int = expression(
        lambda of, env: reads.study(of.member, of.asked),
        description="任职期间所在单位的集体学习次数。 Collective sessions of the units led then.",
    )
    study_attended: int = expression(
        lambda of, env: reads.study(of.member, of.asked, Presence.PRESENT),
        description="其中参加的次数。 Those of them that were joined.",
    )
    study_on_leave: int = expression(
        lambda of, env: reads.study(of.member, of.asked, Presence.ON_LEAVE),
        description="其中请假的次数。 Those of them with leave.",
    )
    study_missed: int = expression(
        lambda of, env: (
            reads.study(of.member, of.asked) - reads.study(of.member, of.asked, *reads.EXCUSED)
        ),
        description="未参加也未请假的次数。 Those neither joined nor excused.",
    )
    study_missed_sessions: list[EducationSession] = to_many(
        lambda of, target: reads.missed(of.member, target, of.asked),
        order_by=lambda target: [target.c.held_on, target.c.id],
        limit=100,
        shown_with_parent="whoever sees how many were missed sees which",
        description="未参加也未请假的集体学习。 The sessions neither joined nor excused.",
    )
    sessions_due: int = expression(
        lambda of, env: reads.collective_sessions(of, attended=False),
        description="应参加的集体学习次数。 Collective sessions the member was marked for.",
    )
    sessions_attended: int = expression(
        lambda of, env: reads.collective_sessions(of, attended=True),
        description="实际参加的集体学习次数。 Collective sessions attended.",
    )
    sessions_marked: list[EducationSession] = to_many(
        lambda of, target: reads.marked(of, target, *reads.DUE),
        order_by=lambda target: [target.c.held_on, target.c.id],
        limit=200,
        shown_with_parent="whoever sees how many were due sees which",
        description="应参加的集体学习。 The sessions the member was marked for.",
    )
    sessions_not_attended: list[EducationSession] = to_many(
        lambda of, target: reads.marked(of, target, Presence.ON_LEAVE, Presence.ABSENT),
        order_by=lambda target: [target.c.held_on, target.c.id],
        limit=200,
        shown_with_parent="whoever sees how many were attended sees which were not",
        description="请假或缺席的集体学习。 Those among them that were not attended.",
    )
    sessions_enrolled: list[EducationSession] = to_many(
        lambda of, target: reads.enrolled_in(of, target),
        order_by=lambda target: [target.c.held_on, target.c.id],
        limit=50,
        shown_with_parent="whoever sees the hours enrolled for sees which sessions give them",
        description="已报名未举办的班次。 Planned sessions the member is enrolled in.",
    )
    sessions_offered: list[EducationSession] = to_many(
        reads.offered,
        order_by=lambda target: [target.c.held_on, target.c.id],
        limit=50,
        shown_with_parent="whoever may enrol sees what is offered",
        description="可报名的班次。 Planned sessions of the branch and above it.",
    )
    certificate: int | None = expression(
        lambda of, env: reads.certificate_serial(of),
        description="结业证书编号。 Number of the year's certificate.",
    )
    certificate_covered: bool | None = expression(
        lambda of, env: reads.certificate_covered(of),
        description="证书所载学时是否仍然足额。 Whether the certificate's hours still count.",
    )
    credits: list[EducationCredit] = to_many(
        lambda of, target: (target.c.member_id == of.member.c.id) & (target.c.year == of.year),
        order_by=lambda target: [target.c.earned_on, target.c.id],
        limit=200,
        shown_with_parent="whoever sees the hours sees what they consist of",
        description="学时记录。 The credits of the year, corrected and void ones too.",
    )
    exemptions: list[EducationExemption] = to_many(
        lambda of, target: (target.c.member_id == of.member.c.id) & (target.c.year == of.year),
        order_by=lambda target: [target.c.granted_on, target.c.id],
        limit=20,
        shown_with_parent="whoever sees the hours sees why none are needed",
        description="豁免记录。 Exemptions of the year.",
    )


@strawberry.type
class EducationOfMember:
    @part(reads.OfMember, permission=actions.READ)
    def education(self, year: int, on: date | None = None) -> MemberEducation | None:
        """党员某年度的学时情况，截至 on（默认今天）。 Class hours of a year, as of `on`."""
