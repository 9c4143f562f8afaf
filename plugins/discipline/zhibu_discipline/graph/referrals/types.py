"""A hand-over to the discipline body, as the schema shows it."""

from datetime import date
from typing import Any

import strawberry

from zhibu.accounts.reads import name_of
from zhibu.members.graph import MemberType
from zhibu.organizations.graph import OrganizationName
from zhibu.organizations.reads import path_of_organization
from zhibu.reading import Node, column, entity, expression, to_one
from zhibu_discipline import actions
from zhibu_discipline.graph.words import Stand
from zhibu_discipline.reads import cases, referrals

WITH_REFERRAL = "whoever sees a hand-over sees of which branch it is"


def _of(name: str) -> Any:
    return lambda row, target: target.c.id == row.c[name]


@entity(
    referrals.REFERRAL,
    permission=actions.REFERRAL_READ,
    path=path_of_organization,
    seen=referrals.seen,
)
@strawberry.type(description="移送纪检机关的情况。 What was handed over, and what was answered.")
class DisciplineReferral(Node):
    name: str = expression(cases.name, description="党员姓名。 The member's name.")
    facts: str = column(description="涉嫌违纪的事实。 What seems to break discipline.")
    state: Stand = column(description="进度。 Where it stands.")
    handed_on: date = column(description="移送日期。 When it was handed over.")
    handed_by: str | None = expression(name_of("handed_by"), description="移送人。 By whom.")
    pass_by: date = column(description="应转交日期。 By when it is to be passed on.")
    passed_on: date | None = column(description="转交日期。 When it was passed on.")
    passed_to: str | None = column(description="转交的纪检机关。 To whom.")
    passed_by: str | None = expression(name_of("passed_by"), description="转交人。 By whom.")
    answer_by: date = column(description="应了解结果日期。 By when the answer is asked for.")
    answered_on: date | None = column(description="结果登记日期。 When the answer was recorded.")
    punishment: str | None = column(
        description="处分（代码，见 discipline.punishments）；答复后仍为空的，未予处分。 The "
        "punishment, by its code; still null after the answer if there was none."
    )
    decided_on: date | None = column(description="处分决定日期。 When it was decided.")
    document: str | None = column(description="决定文号。 By which document.")
    until: date | None = column(description="影响期届满日期。 The first day without its influence.")
    in_force: bool = expression(
        referrals.in_force, description="处分是否在影响期内。 Whether it has its influence today."
    )
    correction: str | None = column(description="更正理由。 Why the answer was put right.")
    notice_by: date | None = column(
        description="处置后应通报日期。 By when the discipline body is told of the removal."
    )
    noticed_on: date | None = column(description="通报日期。 When it was told.")
    notice: str | None = column(description="通报文号。 By which paper.")
    closed_on: date | None = column(description="期满处理日期。 When it was closed.")
    note: str | None = column(description="影响期内表现。 How the member conducted himself.")
    withdrawn_reason: str | None = column(description="撤回理由。 Why it was taken back.")
    version: int = column(description="版本。 Grows with every change.")
    member: MemberType | None = to_one(_of("member_id"), description="党员。 The member.")
    organization: OrganizationName = to_one(
        _of("organization_id"), shown_with_parent=WITH_REFERRAL, description="党支部。 The branch."
    )
