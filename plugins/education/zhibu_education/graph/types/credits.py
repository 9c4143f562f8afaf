"""Class hours, exemptions and certificates of members, as the schema shows them."""

from datetime import date, datetime
from decimal import Decimal

import strawberry

from zhibu.attachments.graph import AttachmentType
from zhibu.members.graph import MemberType
from zhibu.reading import Node, column, computed, entity, expression, to_one
from zhibu_education import actions, reads
from zhibu_education.graph import content, standing, words
from zhibu_education.graph.enums import CreditState, ExemptionGround, Form, Mode, Origin
from zhibu_education.graph.types import places
from zhibu_education.graph.types.sessions import EducationSession

CREDIT_WORDS = words.needs("earned_on", reads.path_of_member)


@entity(reads.CREDIT, permission=actions.READ, path=reads.path_of_member, owner="member_id")
@strawberry.type(description="学时记录。 Class hours of a member on a day.")
class EducationCredit(Node):
    year: int = column(description="年度。 Year it counts for.")
    earned_on: date = column(description="日期。 Day.")
    title: str = content.words("title", description="内容。 What was studied.")
    hours: Decimal = column(description="学时。 Class hours.")
    counted: Decimal = column(description="计入年度的学时。 What of them counts towards the year.")
    form: Form = column(description="形式。 Form of study.")
    topic: str = column(description="主题代码。 Code of the topic.")
    kind: str | None = column(description="具体形式代码。 The institution's own kind of the form.")
    channel: str | None = column(description="渠道代码。 Code of the channel.")
    topic_name: str | None = words.topic_name(CREDIT_WORDS)
    form_name: str | None = words.form_name(CREDIT_WORDS)
    channel_name: str | None = words.channel_name(CREDIT_WORDS)
    mode: Mode = words.mode(CREDIT_WORDS)
    origin: Origin = column(description="来源。 Where it came from.")
    state: CreditState = column(description="状态。 State.")
    evidence: str | None = content.words("evidence", description="证明材料。 Evidence, in words.")
    evidence_file: AttachmentType | None = to_one(
        content.evidence_file,
        description="证明文件，无权查看或已撤回时为空。 The file; null if it is not to be seen.",
    )
    withdrawn_on: date | None = content.withdrawn_on()
    withdrawn_reason: str | None = content.withdrawn_reason()
    original: list[str] | None = content.original("title", "evidence", "decision")
    recorded_at: datetime = column(description="登记时间。 When it was entered.")
    recorded_by: str | None = expression(
        reads.name_of("recorded_by"), description="登记人。 Who entered it."
    )
    decided_at: datetime | None = column(description="认定时间。 When it was decided.")
    decided_by: str | None = expression(
        reads.name_of("decided_by"), description="认定人。 Who verified or returned it."
    )
    corrects: strawberry.ID | None = column(
        "corrects_id",
        kind="EducationCredit",
        description="所更正的原记录。 The record that this one corrects, which stays readable.",
    )
    decision: str | None = content.words("decision", description="认定意见。 What was said to it.")
    version: int = column(description="版本。 Grows with every change.")
    member: MemberType | None = to_one(places.member, description="党员。 The member.")
    session: EducationSession | None = to_one(
        lambda row, target: target.c.id == row.c.session_id,
        description="所属班次。 The session it came from.",
    )


@entity(reads.EXEMPTION, permission=actions.READ, path=reads.path_of_member, owner="member_id")
@strawberry.type(description="学时豁免。 A member who need not reach a year's hours.")
class EducationExemption(Node):
    year: int = column(description="年度。 Year.")
    ground: ExemptionGround = column(description="情形。 Elderly or ill.")
    consent: str = column(description="同意依据。 The consent it rests on.")
    granted_on: date = column(description="批准日期。 When it was granted.")
    ended_on: date | None = column(description="终止日期。 When it ended.")
    ended_reason: str | None = column(description="终止原因。 Why it ended.")
    member: MemberType | None = to_one(places.member, description="党员。 The member.")


@entity(reads.CERTIFICATE, permission=actions.READ, path=reads.path_of_member, owner="member_id")
@strawberry.type(description="培训结业证书。 A certificate of a year's completed training.")
class EducationCertificate(Node):
    year: int = column(description="年度。 Year.")
    serial: int = column(description="编号。 Number within the year.")
    hours: Decimal = column(description="认定学时。 Verified hours.")
    issued_on: date = column(description="发证日期。 When it was issued.")
    voided_on: date | None = column(description="作废日期。 When it was voided.")
    void_reason: str | None = column(description="作废原因。 Why it was voided.")
    covered: bool | None = expression(
        lambda row, env: reads.covers(row),
        description="证书所载学时现在是否足额；已作废的为空。 Whether its hours still count.",
    )
    uncovered_reason: str | None = computed(
        standing.uncovered_reasons,
        needs=standing.COVERED,
        description="不足的原因和现在的数字。 Why they do not, with what counts and is needed now.",
    )
    uncovered_on: date | None = column(
        description="自何日起学时不足、有待处理。 Since when that waits to be decided."
    )
    kept_on: date | None = column(description="决定保留的日期。 When it was kept all the same.")
    kept_reason: str | None = column(description="保留的理由。 Why it was kept.")
    member: MemberType | None = to_one(places.member, description="党员。 The member.")
