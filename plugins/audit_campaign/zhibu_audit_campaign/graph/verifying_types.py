"""What the level above decides, samples and answers, as the schema shows it."""

from datetime import date

import strawberry
from strawberry.scalars import JSON

from zhibu.accounts.reads import name_of
from zhibu.members.graph import MemberType
from zhibu.organizations.graph import OrganizationName
from zhibu.organizations.reads import path_of_organization
from zhibu.reading import Node, column, entity, expression, public, to_many, to_one
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.graph.types import NAMES, of
from zhibu_audit_campaign.graph.words import Part, Result
from zhibu_audit_campaign.reads import verifying


@entity(verifying.VERIFIED, permission=actions.VERIFIED_READ, path=path_of_organization)
@strawberry.type(description="核查的一项或核实的一类。 One check, or one situation, verified.")
class AuditCampaignVerified(Node):
    part: Part = column(description="三查或三核。 A check or a verification.")
    code: str = column(description="代码。 Its code in the plan.")
    result: Result | None = column(description="核查结果。 What the check came to.")
    note: str | None = column(description="说明。 What is to be said.")
    number: int | None = column(description="数量。 How many.")
    destination: str | None = column(description="去向。 Where to.")
    state: str | None = column(description="现状。 How it is now.")
    contact: str | None = column(description="联系情况。 How they are reached.")
    duration: str | None = column(description="失联多久。 For how long.")
    circumstances: str | None = column(description="情形。 In what circumstances.")
    cause: str | None = column(description="原因。 Why.")


@entity(verifying.VERIFICATION, permission=actions.READ, path=path_of_organization)
@strawberry.type(description="上级核查或审核的结论。 What the level above decided.")
class AuditCampaignVerification(Node):
    accepted: bool = column(description="接收或退回。 Accepted, or returned.")
    measures: str | None = column(description="措施或审核意见。 Measures, or what was remarked.")
    ways: str | None = column(description="查找办法。 Ways to search who is lost.")
    proposals: str | None = column(description="初步处理意见。 First proposals.")
    reason: str | None = column(description="退回原因。 Why it was returned.")
    decided_on: date = column(description="日期。 When.")
    decided_by: str | None = expression(name_of("decided_by"), description="经办人。 Who.")
    withdrawn_on: date | None = column(description="撤销日期。 When it was taken back.")
    withdraw_reason: str | None = column(description="撤销理由。 Why.")
    verified: list[AuditCampaignVerified] = to_many(
        lambda row, target: target.c.verification_id == row.c.id,
        order_by=lambda target: [target.c.part, target.c.code],
        limit=30,
        description="三查三核。 What was verified.",
    )


@entity(verifying.REPORT, permission=actions.READ, path=path_of_organization)
@strawberry.type(description="党委或区级排查报告。 A report of a committee or a district.")
class AuditCampaignReport(Node):
    content: str = column(description="报告内容。 What it says.")
    proposals: str = column(description="处理意见。 What is proposed.")
    minutes: str | None = column(description="专题会议纪要。 Minutes of the meeting on it.")
    signer: str | None = column(description="签发领导。 The leader who signed.")
    chair: MemberType | None = to_one(of("chair_id"), description="会议主持人。 Who chaired.")


@entity(verifying.SAMPLE, permission=actions.DRAW_READ, path=path_of_organization)
@strawberry.type(description="抽中的支部。 A branch that was drawn.")
class AuditCampaignSample(Node):
    stratum: str = column(description="类型和规模。 Its kind and band of sizes.")
    checked_on: date | None = column(description="抽查日期。 When it was checked.")
    people: int | None = column(description="抽查人数。 How many people were checked.")
    lost: int | None = column(description="查出失联人数。 Lost members that were found.")
    hanging: int | None = column(description="查出空挂人数。 Hanging members.")
    floating: int | None = column(description="查出流动人数。 Floating members.")
    agrees: bool | None = column(description="与上报是否一致。 Whether it is what was reported.")
    remark: str | None = column(description="抽查情况。 What was found.")
    organization: OrganizationName = to_one(
        of("organization_id"), shown_with_parent=NAMES, description="支部。 Which branch."
    )


@entity(verifying.DRAW, permission=actions.DRAW_READ, path=path_of_organization)
@strawberry.type(description="抽查抽样，可按种子复核。 A draw, to be repeated by its seed.")
class AuditCampaignDraw(Node):
    seed: str = column(description="种子。 The seed.")
    percent: int = column(description="抽样比例（%）。 The share in percent.")
    branches: int = column(description="支部总数。 Branches that might be drawn.")
    drawn: int = column(description="抽中数。 Branches that were.")
    bands: str | None = column(
        description="分层的人数上限，以逗号分隔。 Upper bounds of the bands of sizes, after commas."
    )
    sector: str | None = column(description="重点领域（方案中的代码）。 Of which sector.")
    among: JSON | None = column(description="该领域的支部编号。 Among which branches, by id.")
    drawn_on: date = column(description="日期。 When.")
    drawn_by: str | None = expression(name_of("drawn_by"), description="抽样人。 Who.")
    samples: list[AuditCampaignSample] = to_many(
        lambda row, target: target.c.draw_id == row.c.id,
        order_by=lambda target: [target.c.stratum, target.c.id],
        limit=100,
        description="抽中的支部（最多 100 个）。 What was drawn, 100 at most.",
    )


@entity(verifying.QUESTION, permission=actions.READ, path=path_of_organization)
@strawberry.type(description="向上请示的问题。 A question asked upward.")
class AuditCampaignQuestion(Node):
    text: str = column(description="请示内容。 What is asked.")
    asked_on: date = column(description="请示日期。 When.")
    asked_by: str | None = expression(name_of("asked_by"), description="请示人。 Who.")
    answer: str | None = column(description="答复。 The answer.")
    answered_on: date | None = column(description="答复日期。 When it was answered.")
    answered_by: str | None = expression(name_of("answered_by"), description="答复人。 Who.")
    withdrawn_on: date | None = column(description="撤回日期。 When it was taken back.")
    organization: OrganizationName = to_one(
        of("organization_id"), shown_with_parent=NAMES, description="请示单位。 Who asks."
    )


@public("numbers, narrowed to what the caller may read")
@strawberry.type(description="排查进展。 How far an audit is, here and below.")
class AuditCampaignBoard:
    branches: int = expression(verifying.counted(), description="支部数。 Branches.")
    submitted: int = expression(
        verifying.standing("submitted"), description="已上报。 Handed up, to be verified."
    )
    returned: int = expression(verifying.standing("returned"), description="已退回。 Returned.")
    accepted: int = expression(verifying.standing("accepted"), description="已核查。 Accepted.")
    expected: int = expression(verifying.summed("expected"), description="名单人数。 On the list.")
    completed: int = expression(verifying.summed("completed"), description="已核查人数。 Checked.")
    floating: int = expression(verifying.summed("floating"), description="流动党员。 Floating.")
    hanging: int = expression(verifying.summed("hanging"), description="空挂党员。 Hanging.")
    pocket: int = expression(verifying.summed("pocket"), description="口袋党员。 Pocket.")
    lost: int = expression(verifying.summed("lost"), description="失联党员。 Lost.")
    unreceipted: int = expression(
        verifying.summed("unreceipted"), description="未收到回执。 Without a receipt."
    )
    found: int = expression(verifying.summed("found"), description="已取得联系。 Found.")
    not_found: int = expression(
        verifying.summed("not_found"), description="无法取得联系。 Not found."
    )
    inquiries: int = expression(
        verifying.summed("inquiries"), description="向部门查询次数。 Inquiries with other bodies."
    )
    unanswered: int = expression(
        verifying.summed("unanswered"), description="部门尚未答复。 Of these, not answered."
    )
