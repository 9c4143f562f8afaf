"""What a client says about who comes from another institution."""

from datetime import date
from uuid import UUID

import strawberry

from zhibu.graph.inputs import key, row, told
from zhibu_flow_members.graph.words import Channel, Conduct, NoteKind
from zhibu_flow_members.rules.notes import Wanted

GUEST = "其他单位的外来党员。 The stay."


def guest_row(id: str) -> UUID:
    return row(id, "FlowMembersGuest", "guest")


@strawberry.input(description="接收其他单位的外来党员。 Taking him in.")
class FlowMembersGuestRegisterInput:
    guest: strawberry.ID = told(GUEST)
    organization: strawberry.ID = told("接收党支部。 The branch that takes him in.")
    idempotency_key: str | None = key()


@strawberry.input(description="验证其他单位的外来党员。 His paper is verified.")
class FlowMembersGuestVerifyInput:
    guest: strawberry.ID = told(GUEST)
    arrived_on: date = told("报到日期。 When he reported in.")
    serial: int | None = told("活动证编号；持活动证的必填。 Number of the card, if any.", None)
    note: str | None = told("说明。 What is to be said.", None)
    idempotency_key: str | None = key()


@strawberry.input(description="上级备案。 The level above takes it into its files.")
class FlowMembersGuestFileInput:
    guest: strawberry.ID = told(GUEST)
    idempotency_key: str | None = key()


@strawberry.input(description="外来党员及原因。 The stay, and why.")
class FlowMembersGuestReasonInput:
    guest: strawberry.ID = told(GUEST)
    reason: str = told("原因。 Why.")
    idempotency_key: str | None = key()


@strawberry.input(description="登记离开。 He is here no longer.")
class FlowMembersGuestLeaveInput:
    guest: strawberry.ID = told(GUEST)
    on: date = told("离开日期。 From when on.")
    reason: str = told("离开情况。 How he left.")
    idempotency_key: str | None = key()


@strawberry.input(description="流入地的记录，同时告知其单位。 A note; his institution is told.")
class FlowMembersGuestNoteRecordInput:
    guest: strawberry.ID = told(GUEST)
    kind: NoteKind = told("类型。 Kind.")
    channel: Channel = told("方式。 By what way.")
    on: date = told("日期。 Day.")
    text: str = told("内容。 What is noted.")
    grade: Conduct | None = told("评议等次。 The grade of an evaluation.", None)
    reason: str | None = told("补录或特殊情况的原因。 Why late or unusual.", None)
    idempotency_key: str | None = key()

    def wanted(self) -> Wanted:
        return Wanted(
            kind=self.kind,
            channel=self.channel,
            on=self.on,
            text=self.text,
            grade=self.grade,
            reason=self.reason,
        )


@strawberry.input(description="作废记录。 A note to be voided.")
class FlowMembersGuestNoteVoidInput:
    guest_note: strawberry.ID = told("记录。 The note.")
    reason: str = told("原因。 Why.")
    idempotency_key: str | None = key()
