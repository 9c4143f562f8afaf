"""What a client says about talks."""

from datetime import date

import strawberry

from zhibu.graph.inputs import key, told
from zhibu_organization_life.graph.enums import Dimension, TalkGround, TalkKind
from zhibu_organization_life.graph.inputs.rows import member_row
from zhibu_organization_life.rules.talks import Wanted

TALK = "谈话。 The talk."


@strawberry.input(description="谈话记录；内容加密保存。 A talk; what was said is sealed.")
class OrganizationLifeTalkRecordInput:
    member: strawberry.ID = told("谈话对象。 With whom.")
    talker: strawberry.ID = told("谈话人（党员）。 The member who talked.")
    kind: TalkKind = told("类型。 Kind.")
    ground: TalkGround = told("起因。 What gave rise to it.")
    on: date = told("日期。 Day.")
    why: str = told("事由。 Why.")
    said: str = told("谈话内容。 What was said.")
    agreed: str | None = told("商定事项。 What was agreed.", None)
    dimension: Dimension | None = told(
        "监督方面；提醒谈话和批评教育的必填。 What it is about.", None
    )
    follow_up_on: date | None = told("约定跟进日期。 When it is to be followed up.", None)
    late_reason: str | None = told("补录原因。 Why it is entered so late.", None)
    idempotency_key: str | None = key()

    def wanted(self) -> Wanted:
        return Wanted(
            member_id=member_row(self.member),
            talker_id=member_row(self.talker, "talker"),
            kind=self.kind,
            ground=self.ground,
            talked_on=self.on,
            why=self.why,
            said=self.said,
            agreed=(self.agreed or "").strip() or None,
            dimension=self.dimension,
            follow_up_on=self.follow_up_on,
            late_reason=self.late_reason,
        )


@strawberry.input(description="谈话的跟进情况。 What came of a talk.")
class OrganizationLifeTalkFollowInput:
    talk: strawberry.ID = told(TALK)
    on: date = told("跟进日期。 When.")
    result: str = told("情况。 What came of it.")
    improved: bool | None = told("是否改进。 Whether it brought improvement.", None)
    reason: str | None = told("再次填写的原因。 Why it is told anew.", None)
    idempotency_key: str | None = key()


@strawberry.input(description="教育后仍不改正的处理意见。 What is done where a talk failed.")
class OrganizationLifeTalkHandleInput:
    talk: strawberry.ID = told(TALK)
    on: date = told("研究日期。 When it was decided.")
    decision: str = told("处理意见。 What was decided.")
    reason: str | None = told("再次填写的原因。 Why it is told anew.", None)
    idempotency_key: str | None = key()


@strawberry.input(description="作废谈话记录。 A talk to be voided.")
class OrganizationLifeTalkVoidInput:
    talk: strawberry.ID = told(TALK)
    reason: str = told("原因。 Why.")
    idempotency_key: str | None = key()


@strawberry.input(description="查看谈话内容。 What was said, to be opened.")
class OrganizationLifeTalkOpenInput:
    talk: strawberry.ID = told(TALK)
    reason: str = told("查看原因，谈话对象可见。 Why; the member sees it.")
