"""Asking for decisions about memberships, and recording who keeps the file."""

import strawberry

from zhibu.act import Act
from zhibu.graph import Payload, mutation, written
from zhibu.graph.inputs import row
from zhibu.procedures.graph import ProcedurePayload, documents
from zhibu.reading import public
from zhibu_transfers import actions
from zhibu_transfers.graph import membership_inputs as inputs
from zhibu_transfers.graph.memberships import TransfersMembership
from zhibu_transfers.service.memberships import asking, custody


@public("the answer to one's own mutation")
@strawberry.type(description="党籍办理变更的结果。 What became of the matter.")
class TransfersMembershipPayload(Payload):
    membership: TransfersMembership | None = written(TransfersMembership)


@strawberry.type
class TransfersMembershipMutation:
    @mutation(permission=actions.PROPOSE_STOP)
    async def transfers_stop_propose(
        self, act: Act, input: inputs.TransfersStopProposeInput
    ) -> ProcedurePayload:
        """提请停止党籍，经基层党委审批、报县级备案后生效。 Propose that a membership is stopped."""
        member = row(input.member, "Member", "member")
        given = documents(input.documents)
        return ProcedurePayload(row=await asking.propose_stop(act, member, input.stopping(), given))

    @mutation(permission=actions.ASK_RESTORE)
    async def transfers_restore_ask(
        self, act: Act, input: inputs.TransfersRestoreAskInput
    ) -> ProcedurePayload:
        """停止党籍后在规定年限内书面申请恢复。 Ask that a stopped membership is restored."""
        id = await asking.ask_restore(
            act,
            row(input.member, "Member", "member"),
            reason=input.reason,
            dues_settled=input.dues_settled,
            documents=documents(input.documents),
        )
        return ProcedurePayload(row=id)

    @mutation(permission=actions.FILE)
    async def transfers_custody_record(
        self, act: Act, input: inputs.TransfersCustodyRecordInput
    ) -> TransfersMembershipPayload:
        """登记定居国（境）外党员组织关系和档案由组织部门保管。 Record who keeps the file."""
        id = row(input.membership, "TransfersMembership", "membership")
        await custody.record(
            act,
            id,
            custodian_id=row(input.custodian, "Organization", "custodian"),
            on=input.on,
            note=input.note,
            late_reason=input.late_reason,
            version=input.version,
        )
        return TransfersMembershipPayload(row=id)

    @mutation(permission=actions.FILE)
    async def transfers_custody_take_back(
        self, act: Act, input: inputs.TransfersCustodyTakeBackInput
    ) -> TransfersMembershipPayload:
        """撤回误登的移交，须说明理由。 Take back a hand-over recorded by mistake."""
        id = row(input.membership, "TransfersMembership", "membership")
        await custody.take_back(act, id, reason=input.reason, version=input.version)
        return TransfersMembershipPayload(row=id)
