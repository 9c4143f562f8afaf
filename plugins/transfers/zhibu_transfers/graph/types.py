"""Transfers and their letters, as the schema shows them."""

from datetime import date
from typing import Any

import strawberry

from zhibu.accounts.reads import name_of
from zhibu.members.graph import MemberType
from zhibu.organizations.graph import OrganizationName
from zhibu.organizations.reads import path_of_organization
from zhibu.reading import Node, column, entity, expression, to_many, to_one
from zhibu_transfers import actions
from zhibu_transfers.graph.words import (
    Fault,
    FileCheck,
    Finding,
    Kind,
    LetterState,
    Means,
    Place,
    Route,
    Side,
    State,
    VoidCause,
)
from zhibu_transfers.reads import cases
from zhibu_transfers.reads.cases import CASE, LETTER

SIDES = "whoever sees a transfer sees between whom it is"


def _unit(name: str) -> Any:
    return lambda row, target: target.c.id == row.c[name]


@entity(LETTER, permission=actions.READ, path=path_of_organization, seen=cases.of_case)
@strawberry.type(description="组织关系介绍信。 A letter of transfer.")
class TransfersLetter(Node):
    year: int = column(description="年度。 Year.")
    serial: int = column(description="编号，每年从 1 起连续。 Number within the year.")
    heading: str = column(description="抬头。 To whom it is addressed.")
    name: str = column(description="党员姓名。 The member's name.")
    route: Route = column(description="转移范围。 How far it goes.")
    paid_to: date = column(description="党费交至何月。 The month up to which dues are paid.")
    paid_to_reason: str | None = column(
        description="与党费记录不同的理由。 Why it says other than the dues on record."
    )
    issued_by: str | None = expression(name_of("issued_by"), description="开具人。 Who issued it.")
    issued_on: date = column(description="开具日期。 When.")
    days: int = column(description="有效天数。 Days for which it holds.")
    valid_until: date = column(description="有效期至。 The last day.")
    state: LetterState = column(description="状态。 State.")
    expired: bool = expression(
        cases.expired, description="今天是否已过有效期而未用。 Whether it expired unused."
    )
    ended_on: date | None = column(description="使用或作废日期。 When it was used, or void.")
    cause: VoidCause | None = column(description="作废原因。 Why it is void.")
    fault: Fault | None = column(description="责任。 Who is answerable.")
    void_reason: str | None = column(description="作废说明。 In words.")
    prints: int = column(description="打印次数。 How often it was printed.")
    organization: OrganizationName = to_one(
        _unit("organization_id"), shown_with_parent=SIDES, description="开具党委。 Who issued it."
    )


@entity(CASE, permission=actions.READ, path=cases.path_of_case, owner="member_id", seen=cases.seen)
@strawberry.type(description="组织关系转接。 A transfer of membership.")
class TransfersCase(Node):
    kind: Kind = column(description="类别。 Whence and whither.")
    state: State = column(description="状态。 Where it stands.")
    name: str = column(description="党员姓名。 The member's name.")
    elsewhere: str | None = column(description="系统外党组织。 The organization elsewhere.")
    address: str | None = column(description="其通讯地址。 Its address.")
    institution: str | None = column(
        "peer_code", description="平台内对方单位代码。 The other institution's code."
    )
    institution_name: str | None = column(
        "peer_name", description="对方单位名称，告知后才有。 Its name, once it said something."
    )
    organization_code: str | None = column(
        "peer_unit", description="所寄党组织代码。 The code of the organization addressed."
    )
    branch_elsewhere: str | None = column(
        "peer_branch", description="对方支部。 The branch on the other side."
    )
    paid_to: date | None = column(description="来信所写党费交至何月。 Dues paid, by its letter.")
    responsible: Side = expression(
        cases.responsible, description="由哪一方负责：接收前为转出方。 Who answers (rule 17)."
    )
    reason: str = column(description="转接原因（代码）。 Why, by its code.")
    note: str | None = column(description="说明。 In words.")
    suggested: Place | None = column(description="建议去向。 Where the table places him.")
    clause: str | None = column(description="建议所依条款。 The clause that says so.")
    chosen: Place | None = column(description="实际去向。 Where he was placed.")
    otherwise: str | None = column(description="与建议不同的理由。 Why otherwise.")
    letter_number: str | None = column(
        description="来信编号。 Number of the letter from elsewhere."
    )
    letter_until: date | None = column(description="来信有效期至。 Its last day.")
    opened_by: str | None = expression(name_of("opened_by"), description="办理人。 Who opened it.")
    opened_on: date = column(description="办理日期。 When.")
    answer_by: date | None = column(description="应答复日期。 When it is to be answered.")
    accepted_on: date | None = column(description="接收日期。 From when the receiver answers.")
    file_check: FileCheck | None = column(description="档案核对。 What the file showed.")
    file_note: str | None = expression(
        cases.file_note,
        description="档案疑点，本人不显示。 Doubts about the file; not for himself.",
    )
    custodian: str | None = column(description="党员档案保管单位。 Who keeps the member's file.")
    refused_on: date | None = column(description="拒收日期。 When it was refused.")
    cause: str | None = column(description="拒收事由（代码），空为无正当事由。 Its cause, by code.")
    refusal: str | None = column(description="拒收理由。 Why it was refused.")
    settle_by: date | None = column(description="应办下一步日期。 By when the next step is due.")
    receipt_by: date | None = column(description="应收到回执日期。 When the receipt is due.")
    receipt_on: date | None = column(description="回执日期。 When the receipt was sent, or came.")
    means: Means | None = column(description="寄送方式。 How it went.")
    signer: str | None = column(description="回执盖章党委。 Whose seal it bears.")
    without_receipt: bool = expression(
        cases.waits, description="今天是否逾期未收到回执。 Whether the receipt is overdue."
    )
    finding: Finding | None = column(description="未回执核查结果。 What came out.")
    found: str | None = column(description="核查情况。 In words.")
    proof: str | None = column(description="接收方证明。 The receiver's proof.")
    undelivered_on: date | None = column(
        description="未能送达对方单位之日；请重开或改用纸质介绍信。 When it could not be told."
    )
    asked_on: date | None = column(description="请求撤回之日。 When it was asked back.")
    withdrawn_on: date | None = column(description="撤回日期。 When it was withdrawn.")
    withdraw_reason: str | None = column(description="撤回理由。 Why.")
    batch: strawberry.ID | None = column(
        "batch_id",
        kind="TransfersCase",
        description="同批第一件转接；第一件本身为空。 First of its list; null on it.",
    )
    version: int = column(description="版本。 Grows with every change.")
    member: MemberType | None = to_one(_unit("member_id"), description="党员。 The member.")
    sender: OrganizationName | None = to_one(
        _unit("from_id"), shown_with_parent=SIDES, description="转出支部。 Whence."
    )
    target: OrganizationName | None = to_one(
        _unit("to_id"), shown_with_parent=SIDES, description="接收支部。 Whither."
    )
    issuer: OrganizationName | None = to_one(
        _unit("committee_id"), shown_with_parent=SIDES, description="开具党委。 Who issues."
    )
    receiver: OrganizationName | None = to_one(
        _unit("receiver_id"), shown_with_parent=SIDES, description="接收党委。 Who receipts."
    )
    escalated: OrganizationName | None = to_one(
        _unit("escalated_id"), shown_with_parent=SIDES, description="裁定拒收的上级。 Who decides."
    )
    letters: list[TransfersLetter] = to_many(
        lambda row, target: target.c.case_id == row.c.id,
        order_by=lambda target: [target.c.issued_on, target.c.serial],
        limit=20,
        shown_with_parent=SIDES,
        description="介绍信，含已作废的。 Its letters, void ones too.",
    )
