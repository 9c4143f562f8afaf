"""Dispositions, as the schema shows them."""

from datetime import date
from typing import Any

import strawberry

from zhibu.accounts.reads import name_of
from zhibu.members.graph import MemberType
from zhibu.organizations.graph import OrganizationName
from zhibu.organizations.reads import path_of_organization
from zhibu.reading import Node, Public, column, entity, expression, to_many, to_one
from zhibu_discipline import actions
from zhibu_discipline.graph.files.types import DisciplineFileCheck
from zhibu_discipline.graph.words import Delivery, Kind, Missed, Result, State
from zhibu_discipline.reads import cases, files
from zhibu_discipline.reads.cases import CASE
from zhibu_discipline.reads.referrals import FOLLOW_UP

WITH_CASE = "whoever sees a disposition sees in which branch it is"


def _of(name: str) -> Any:
    return lambda row, target: target.c.id == row.c[name]


@entity(FOLLOW_UP, permission=Public("shown with its disposition only"))
@strawberry.type(description="处置后的帮扶。 Help for who was removed.")
class DisciplineFollowUp(Node):
    helped_on: date = column(description="日期。 When.")
    what: str = column(description="帮扶情况。 How.")
    entered_by: str | None = expression(name_of("entered_by"), description="登记人。 Who says so.")
    withdrawn_on: date | None = column(description="撤回日期。 When it was taken back.")
    withdrawn_reason: str | None = column(description="撤回理由。 Why.")


@entity(CASE, permission=actions.READ, path=path_of_organization, seen=cases.seen)
@strawberry.type(description="组织处置。 A disposition of a member.")
class DisciplineCase(Node):
    name: str = expression(cases.name, description="党员姓名。 The member's name.")
    kind: Kind = column(description="处置种类。 What it comes to.")
    ground: str = column(
        description="事由（代码，见 discipline.grounds）。 The ground, by its code."
    )
    clause: str = column(description="事由所依条款。 The clause of the ground.")
    restricted: bool = column(description="是否限制查看。 Whether few may see it.")
    facts: str = column(description="主要事实。 What happened.")
    since: date | None = column(description="情形起始日期。 From when it has lasted.")
    missed: Missed | None = column(description="未履行的义务。 Which duty was left undone.")
    previous: strawberry.ID | None = column(
        "previous_id", kind="DisciplineCase", description="此前未奏效的处置。 What failed before."
    )
    state: State = column(description="进度。 Where it stands.")
    opened_by: str | None = expression(name_of("opened_by"), description="提出人。 Who opened it.")
    opened_on: date = column(description="提出日期。 When.")
    drop_reason: str | None = column(description="不再提出的理由。 Why it was dropped.")
    notified_on: date | None = column(
        description="向上级报告名单日期。 When the committee was told."
    )
    told_on: date | None = column(description="告知本人事实和依据日期。 When the member was told.")
    account: str | None = column(description="本人陈述。 What the member said.")
    unheard: str | None = column(description="未能听取的原因。 Why he was not heard.")
    defender: str | None = column(description="为其作证或辩护的人。 Who spoke for him.")
    breach: bool | None = column(
        description="是否涉嫌违纪，另行移送。 Whether discipline seems broken, handed over too."
    )
    months: int | None = column(description="改正期限（月）。 Months of the correction.")
    measures: str | None = column(description="帮教措施。 How he is helped.")
    procedure: strawberry.ID | None = column(
        "procedure_id", kind="Procedure", description="处置程序。 The procedure."
    )
    decided_on: date | None = column(description="决定日期。 When it was decided.")
    until: date | None = column(description="改正期满日期。 When the correction is over.")
    answer_by: date | None = column(description="本人应答复日期。 When he is to answer.")
    deliver_by: date | None = column(description="应送达日期。 When it is to be delivered.")
    delivery: Delivery | None = column(description="送达情况。 How he was told.")
    delivered_on: date | None = column(description="送达日期。 When.")
    opinion: str | None = column(description="本人意见。 What he wrote to it.")
    explanation: str | None = column(description="未签字的说明。 Why he did not sign.")
    announced_on: date | None = column(description="宣布日期。 When it was announced.")
    evaluation_procedure: strawberry.ID | None = column(
        "evaluation_id", kind="Procedure", description="期满评议程序。 Where it is evaluated."
    )
    evaluation: str | None = column(description="期满评议。 The evaluation.")
    result: Result | None = column(description="结果。 How it ended.")
    ended_on: date | None = column(description="办结日期。 When it ended.")
    file_by: date | None = column(description="应备案日期。 When it is to be filed.")
    filed_on: date | None = column(description="备案日期。 When it was filed.")
    filing: str | None = column(description="备案编号。 Its number.")
    help_by: date | None = column(
        description="应跟进帮扶日期。 By when who was removed is helped on."
    )
    helped_on: date | None = column(description="最近帮扶日期。 When he was helped on last.")
    follow_ups: list[DisciplineFollowUp] = to_many(
        lambda row, target: target.c.case_id == row.c.id,
        order_by=lambda target: [target.c.helped_on, target.c.id],
        limit=100,
        description="处置后的跟进帮扶。 Help after the removal.",
    )
    files: list[DisciplineFileCheck] = to_many(
        files.of_case,
        order_by=lambda target: [target.c.id],
        limit=1,
        description="本人档案现行核查。 The check of his file that counts.",
    )
    version: int = column(description="版本。 Grows with every change.")
    member: MemberType | None = to_one(_of("member_id"), description="党员。 The member.")
    keeper: MemberType | None = to_one(_of("keeper_id"), description="帮教责任人。 Who helps him.")
    organization: OrganizationName = to_one(
        _of("organization_id"), shown_with_parent=WITH_CASE, description="党支部。 The branch."
    )
