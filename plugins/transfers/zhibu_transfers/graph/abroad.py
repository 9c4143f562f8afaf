"""Asking that a relationship is retained abroad, and what follows until the member is back."""

from datetime import date

import strawberry

from zhibu.act import Act
from zhibu.graph import Payload, mutation, written
from zhibu.graph.inputs import key, row, told
from zhibu.procedures.graph import ProcedureDocumentInput, ProcedurePayload, documents
from zhibu.reading import public
from zhibu_transfers import actions
from zhibu_transfers.graph.membership_mutations import TransfersMembershipPayload
from zhibu_transfers.graph.memberships import TransfersContact
from zhibu_transfers.graph.words import Channel, Purpose
from zhibu_transfers.rules.matters import Retaining
from zhibu_transfers.rules.retaining import Contact
from zhibu_transfers.service.memberships import asking, retaining


@strawberry.input(description="申请出国（境）保留组织关系。 A relationship to be retained abroad.")
class TransfersRetainAskInput:
    member: strawberry.ID = told("党员。 The member.")
    purpose: Purpose = told("出国（境）事由。 What for abroad.")
    place: str = told("前往国家或地区。 Where to.")
    since: date = told("出国（境）日期。 When he goes.")
    reason: str
    until: date | None = told("预计返回日期。 When he is expected back.", None)
    applied_on: date | None = told(
        "纸质书面申请日期；代为提交又未附申请的必填。 When he applied on paper, if not here.", None
    )
    documents: list[ProcedureDocumentInput] = strawberry.field(
        default_factory=list,
        description="材料；代为提交的须附本人书面申请（request）。 Documents; the application.",
    )
    idempotency_key: str | None = key()


@strawberry.input(description="更改预计返回日期。 He stays longer, or less long.")
class TransfersRetainProlongInput:
    membership: strawberry.ID = told("保留组织关系事项。 The matter.")
    until: date = told("现预计返回日期。 When he is expected back now.")
    reason: str
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="登记返回。 A return.")
class TransfersReturnRecordInput:
    membership: strawberry.ID = told("保留组织关系事项。 The matter.")
    on: date | None = told("返回日期，不填为今天。 When; today if null.", None)
    note: str | None = told("返回情况。 What is noted of it.", None)
    late_reason: str | None = told("补录原因。 Why it is entered late.", None)
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="撤回误登的返回。 A return taken back.")
class TransfersReturnTakeBackInput:
    membership: strawberry.ID = told("保留组织关系事项。 The matter.")
    reason: str
    version: int | None = None
    idempotency_key: str | None = key()


@strawberry.input(description="登记与出国（境）党员的一次联系。 Contact with who is abroad.")
class TransfersContactNoteInput:
    membership: strawberry.ID = told("保留组织关系事项。 The matter.")
    on: date = told("联系日期。 When.")
    channel: Channel = told("联系方式。 How.")
    text: str = told("联系情况。 What was said.")
    idempotency_key: str | None = key()


@strawberry.input(description="作废误登的联系。 Contact voided.")
class TransfersContactVoidInput:
    contact: strawberry.ID = told("联系记录。 The contact.")
    reason: str
    idempotency_key: str | None = key()


@public("the answer to one's own mutation")
@strawberry.type(description="联系记录变更的结果。 What became of the contact.")
class TransfersContactPayload(Payload):
    contact: TransfersContact | None = written(TransfersContact)


@strawberry.type
class TransfersAbroadMutation:
    @mutation(permission=actions.ASK_RETAIN)
    async def transfers_retain_ask(
        self, act: Act, input: TransfersRetainAskInput
    ) -> ProcedurePayload:
        """申请出国（境）保留组织关系，批准后暂停组织生活。 Ask that it is retained abroad."""
        wanted = Retaining(
            purpose=input.purpose,
            place=input.place,
            since=input.since,
            until=input.until,
            applied_on=input.applied_on,
            reason=input.reason,
        )
        member, given = row(input.member, "Member", "member"), documents(input.documents)
        return ProcedurePayload(row=await asking.ask_retain(act, member, wanted, given))

    @mutation(permission=actions.FOLLOW)
    async def transfers_retain_prolong(
        self, act: Act, input: TransfersRetainProlongInput
    ) -> TransfersMembershipPayload:
        """更改预计返回日期，须说明理由。 Say when he is expected back now, and why."""
        id = row(input.membership, "TransfersMembership", "membership")
        await retaining.prolong(act, id, input.until, reason=input.reason, version=input.version)
        return TransfersMembershipPayload(row=id)

    @mutation(permission=actions.FOLLOW)
    async def transfers_return_record(
        self, act: Act, input: TransfersReturnRecordInput
    ) -> TransfersMembershipPayload:
        """登记返回，自该日起恢复组织生活。 He is back, and lives organization life again."""
        id = row(input.membership, "TransfersMembership", "membership")
        await retaining.come_back(
            act,
            id,
            on=input.on,
            note=input.note,
            late_reason=input.late_reason,
            version=input.version,
        )
        return TransfersMembershipPayload(row=id)

    @mutation(permission=actions.FOLLOW)
    async def transfers_return_take_back(
        self, act: Act, input: TransfersReturnTakeBackInput
    ) -> TransfersMembershipPayload:
        """撤回误登的返回，须说明理由。 Take back a return entered by mistake."""
        id = row(input.membership, "TransfersMembership", "membership")
        await retaining.leave_again(act, id, reason=input.reason, version=input.version)
        return TransfersMembershipPayload(row=id)

    @mutation(permission=actions.FOLLOW)
    async def transfers_contact_note(
        self, act: Act, input: TransfersContactNoteInput
    ) -> TransfersContactPayload:
        """登记与出国（境）党员的一次联系，每半年至少一次。 Note contact with who is abroad."""
        id = row(input.membership, "TransfersMembership", "membership")
        contact = Contact(on=input.on, channel=input.channel, text=input.text)
        return TransfersContactPayload(row=await retaining.note(act, id, contact))

    @mutation(permission=actions.FOLLOW)
    async def transfers_contact_void(
        self, act: Act, input: TransfersContactVoidInput
    ) -> TransfersContactPayload:
        """作废误登的联系，须说明理由。 Void contact noted by mistake."""
        id = row(input.contact, "TransfersContact", "contact")
        await retaining.void(act, id, reason=input.reason)
        return TransfersContactPayload(row=id)
