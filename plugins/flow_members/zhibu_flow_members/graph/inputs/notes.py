"""What a client says about contact, reports and liaisons."""

from datetime import date
from uuid import UUID

import strawberry

from zhibu.graph.inputs import key, row, told
from zhibu_flow_members.graph.words import Channel, Conduct, Fault, NoteKind
from zhibu_flow_members.rules.notes import Wanted

CASE = "外出登记。 The stay."
ON = "日期。 Day."
WHY = "补录、代录或特殊情况的原因。 Why late, for him, or against what is usual."


def note_row(id: str) -> UUID:
    return row(id, "FlowMembersNote", "note")


def liaison_row(id: str) -> UUID:
    return row(id, "FlowMembersLiaison", "liaison")


@strawberry.input(description="流出地的记录。 A note of his branch.")
class FlowMembersNoteRecordInput:
    case: strawberry.ID = told(CASE)
    kind: NoteKind = told("类型。 Kind.")
    channel: Channel = told("方式。 By what way.")
    on: date = told(ON)
    text: str = told("内容。 What is noted.")
    fault: Fault | None = told("批评教育的原因。 What is criticized.", None)
    grade: Conduct | None = told("评议等次。 The grade of an evaluation.", None)
    reason: str | None = told(WHY, None)
    idempotency_key: str | None = key()

    def wanted(self) -> Wanted:
        return Wanted(
            kind=self.kind,
            channel=self.channel,
            on=self.on,
            text=self.text,
            fault=self.fault,
            grade=self.grade,
            reason=self.reason,
        )


@strawberry.input(description="流动党员的汇报。 A report of who is away.")
class FlowMembersReportWriteInput:
    case: strawberry.ID = told(CASE)
    channel: Channel = told("方式。 By what way.")
    on: date = told(ON)
    text: str = told("思想、学习和工作情况。 What he thinks, studies and does.")
    reason: str | None = told(WHY, None)
    idempotency_key: str | None = key()

    def wanted(self) -> Wanted:
        return Wanted(
            kind=NoteKind.REPORT,
            channel=self.channel,
            on=self.on,
            text=self.text,
            reason=self.reason,
        )


@strawberry.input(description="流入地的记录。 A note of the host.")
class FlowMembersArrivalNoteInput:
    arrival: strawberry.ID = told("外来党员登记。 Who came.")
    kind: NoteKind = told("类型。 Kind.")
    channel: Channel = told("方式。 By what way.")
    on: date = told(ON)
    text: str = told("内容。 What is noted.")
    reason: str | None = told(WHY, None)
    idempotency_key: str | None = key()

    def wanted(self) -> Wanted:
        return Wanted(
            kind=self.kind, channel=self.channel, on=self.on, text=self.text, reason=self.reason
        )


@strawberry.input(description="作废记录。 A note to be voided.")
class FlowMembersNoteVoidInput:
    note: strawberry.ID = told("记录。 The note.")
    reason: str = told("原因。 Why.")
    idempotency_key: str | None = key()


@strawberry.input(description="确定联络员。 Who keeps contact.")
class FlowMembersLiaisonAssignInput:
    case: strawberry.ID = told(CASE)
    member: strawberry.ID = told("联络员（书记或支部委员）。 Secretary or one of the committee.")
    since: date = told("开始日期。 From when on.")
    reason: str | None = told("超出联系人数的原因。 Why so many.", None)
    idempotency_key: str | None = key()


@strawberry.input(description="结束联络。 He keeps contact no more.")
class FlowMembersLiaisonEndInput:
    liaison: strawberry.ID = told("联络员。 The liaison.")
    on: date = told("结束日期。 From when on not any more.")
    idempotency_key: str | None = key()
