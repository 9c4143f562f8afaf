"""What is decided about memberships, as the schema shows it and is asked for it."""

from datetime import date

import strawberry

from zhibu.accounts.reads import name_of
from zhibu.graph.inputs import told
from zhibu.members.graph import MemberType
from zhibu.organizations.graph import OrganizationName
from zhibu.organizations.reads import path_of_organization
from zhibu.reading import (
    Connection,
    Node,
    column,
    connection,
    entity,
    expression,
    to_many,
    to_one,
)
from zhibu_transfers import actions
from zhibu_transfers.graph.words import (
    Channel,
    Matter,
    Purpose,
    SearchMeans,
    Standing,
    StopGround,
)
from zhibu_transfers.reads import memberships
from zhibu_transfers.reads.memberships import CONTACT, MEMBERSHIP, SEARCH

SHOWN = "whoever sees the matter sees where it is and how the member was searched for"


@entity(
    SEARCH,
    permission=actions.READ,
    path=memberships.path_of_search,
    seen=memberships.of_matter,
)
@strawberry.type(description="一次查找记录。 One try to find a member.")
class TransfersSearch(Node):
    searched_on: date = column(description="查找日期。 When.")
    means: SearchMeans = column(description="查找方式。 How.")
    course: str = column(description="查找经过。 What came of it.")
    responsible: str = column(description="责任人。 Who is responsible.")


@entity(
    CONTACT,
    permission=actions.READ,
    path=memberships.path_of_search,
    seen=memberships.of_matter,
)
@strawberry.type(description="与出国（境）党员的一次联系。 Contact with who is abroad.")
class TransfersContact(Node):
    contacted_on: date = column(description="联系日期。 When.")
    channel: Channel = column(description="联系方式。 How.")
    text: str = column(description="联系情况。 What was said.")
    recorded_by: str | None = expression(
        name_of("recorded_by"), description="登记人。 Who noted it."
    )
    voided_on: date | None = column(description="作废日期。 When it was voided.")
    void_reason: str | None = column(description="作废理由。 Why.")


@entity(
    MEMBERSHIP,
    permission=actions.READ,
    path=path_of_organization,
    owner="member_id",
    seen=memberships.seen,
)
@strawberry.type(description="党籍办理：停止、恢复、保留组织关系。 A decision about a membership.")
class TransfersMembership(Node):
    matter: Matter = column(description="事项。 What is decided.")
    standing: Standing = column(description="状态。 Where it stands.")
    name: str = column(description="党员姓名。 The member's name.")
    ground: StopGround | None = column(description="停止党籍情形。 Why it is stopped.")
    purpose: Purpose | None = column(description="出国（境）事由。 What for abroad.")
    place: str | None = column(description="所在国家或地区。 Where abroad.")
    reason: str = column(description="理由。 Why, in words.")
    since: date | None = column(description="出国或失去联系起日。 Since when abroad, or silent.")
    asked_by: str | None = expression(name_of("asked_by"), description="提出人。 Who asked.")
    asked_on: date = column(description="提出日期。 When.")
    procedure: strawberry.ID = column(
        "procedure_id", kind="Procedure", description="所经程序。 The procedure that decides it."
    )
    effective_on: date | None = column(description="生效日期。 From when it holds.")
    filed_on: date | None = column(description="上级备案或批准日期。 When the county level acted.")
    decision: str | None = column(description="决定。 The decision it rests on.")
    holds: bool = expression(
        memberships.holds,
        description="当日是否停止党籍或保留组织关系中。 Whether it holds that day.",
    )
    ended_on: date | None = expression(
        memberships.ended_on, description="停止党籍终止或返回日期。 When the stop or stay ended."
    )
    review_on: date | None = column(
        description="满年限、提请研究的日期。 When giving up, or stopping, is suggested."
    )
    suggested: bool = expression(
        memberships.suggested,
        description="当日是否提请按自行脱党（停止党籍的）或停止党籍（出国的）研究，系统不作处理。 "
        "Whether giving up, or stopping, is suggested.",
    )
    applied_on: date | None = column(
        description="纸质书面申请日期。 When he applied on paper, if not here."
    )
    until: date | None = column(description="预计返回日期。 When he is expected back.")
    contact_by: date | None = column(description="下次应联系日期。 When contact is due.")
    returned_on: date | None = column(description="返回日期。 When he was back.")
    return_note: str | None = column(description="返回情况。 What was noted of it.")
    custody_on: date | None = column(description="关系和档案移交日期。 When handed over.")
    custody_note: str | None = column(description="移交情况。 What was handed over.")
    late_reason: str | None = column(description="补录原因。 Why it was entered late.")
    version: int = column(description="版本。 Grows with every change.")
    member: MemberType | None = to_one(
        lambda row, target: target.c.id == row.c.member_id, description="党员。 The member."
    )
    organization: OrganizationName = to_one(
        lambda row, target: target.c.id == row.c.organization_id,
        shown_with_parent=SHOWN,
        description="提出的支部。 The branch that asked.",
    )
    custodian: OrganizationName | None = to_one(
        lambda row, target: target.c.id == row.c.custodian_id,
        shown_with_parent=SHOWN,
        description="保管组织关系和档案的组织部门。 Who keeps relationship and file.",
    )
    searches: list[TransfersSearch] = to_many(
        lambda row, target: target.c.membership_id == row.c.id,
        order_by=lambda target: [target.c.searched_on, target.c.id],
        limit=100,
        shown_with_parent=SHOWN,
        description="查找记录。 How the member was searched for.",
    )
    contacts: list[TransfersContact] = to_many(
        lambda row, target: target.c.membership_id == row.c.id,
        order_by=lambda target: [target.c.contacted_on, target.c.id],
        limit=100,
        shown_with_parent=SHOWN,
        description="联系记录，含已作废的。 Contact while he was abroad, void ones too.",
    )


@strawberry.input(description="党籍办理的筛选条件。 What the matters must be.")
class TransfersMembershipFilter:
    matter: Matter | None = told("只看该事项。 Only of this kind.", None)
    standing: Standing | None = told("只看这个状态的。 Only in this state.", None)
    member: strawberry.ID | None = told("只看该党员。 Only this member's.", None)
    holds: bool | None = told(
        "只看当日停止党籍或保留关系中的，或其他。 Only in force then, or not.", None
    )
    suggested: bool | None = told(
        "只看已满年限、提请研究的，或其他。 Only those beyond the years, or not.", None
    )


@strawberry.type
class TransfersMemberships:
    @connection(
        where=memberships.inside,
        order=lambda row: [row.c.asked_on.desc(), row.c.id.desc()],
        filters={
            "filter.matter": lambda row, args, env: row.c.matter == args.bind("filter.matter"),
            "filter.standing": lambda row, args, env: (
                row.c.standing == args.bind("filter.standing")
            ),
            "filter.member": lambda row, args, env: (
                row.c.member_id == args.row("filter.member", "Member")
            ),
            "filter.holds": lambda row, args, env: (
                memberships.holds(row, env) == args.bind("filter.holds")
            ),
            "filter.suggested": lambda row, args, env: (
                memberships.suggested(row, env) == args.bind("filter.suggested")
            ),
        },
    )
    def transfers_memberships(
        self,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        as_of: date | None = None,
        filter: TransfersMembershipFilter | None = None,
    ) -> Connection[TransfersMembership]:
        """本组织及下级的党籍办理，最近的在前。 Decisions about memberships here and below."""
