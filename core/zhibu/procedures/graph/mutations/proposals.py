"""Proposing and deciding."""

import strawberry

from zhibu.act import Act
from zhibu.core_actions import PROCEDURE_PROPOSE
from zhibu.graph import mutation
from zhibu.identifiers import row_of
from zhibu.procedures.graph.inputs import answers
from zhibu.procedures.graph.inputs import proposals as inputs
from zhibu.procedures.graph.payloads import OWN, STEP, ProcedurePayload
from zhibu.procedures.service import deciding, proposing, undoing


@strawberry.type
class ProcedureProposalMutation:
    @mutation(permission=PROCEDURE_PROPOSE)
    async def procedure_propose(
        self, act: Act, input: inputs.ProcedureProposeInput
    ) -> ProcedurePayload:
        """提出事项，按程序办理。 Propose something, to be decided in steps."""
        member, unit = input.member, input.organization
        id = await proposing.propose_openly(
            act,
            input.procedure,
            title=input.title,
            statement=input.statement,
            member_id=row_of(member, "Member", path=("member",)) if member else None,
            organization_id=row_of(unit, "Organization", path=("organization",)) if unit else None,
            documents=inputs.documents(input.documents),
        )
        return ProcedurePayload(row=id)

    @mutation(permission=STEP)
    async def procedure_step_decide(
        self, act: Act, input: inputs.ProcedureStepDecideInput
    ) -> ProcedurePayload:
        """同意或不同意当前环节；提出人和本人不得决定。 Approve or refuse the present step."""
        id = await deciding.decide(
            act,
            inputs.step(input.step),
            approve=input.approve,
            reason=input.reason,
            superior=input.superior,
            on=input.decided_on,
            documents=inputs.documents(input.documents),
        )
        return ProcedurePayload(row=id)

    @mutation(permission=STEP)
    async def procedure_return(
        self, act: Act, input: inputs.ProcedureReturnInput
    ) -> ProcedurePayload:
        """退回提出人补正。 Send it back to whoever proposed it, for correction."""
        id = await deciding.send_back(act, inputs.step(input.step), reason=input.reason)
        return ProcedurePayload(row=id)

    @mutation(permission=OWN)
    async def procedure_resubmit(
        self, act: Act, input: inputs.ProcedureResubmitInput
    ) -> ProcedurePayload:
        """补正后重新提交，回到退回的环节。 Hand in again what came back, corrected."""
        id = await deciding.resubmit(
            act,
            inputs.procedure(input.procedure),
            title=input.title,
            statement=input.statement,
            documents=inputs.documents(input.documents),
            version=input.version,
        )
        return ProcedurePayload(row=id)

    @mutation(permission=OWN)
    async def procedure_withdraw(
        self, act: Act, input: inputs.ProcedureWithdrawInput
    ) -> ProcedurePayload:
        """撤回本人提出、尚未办结的事项。 Take back one's own proposal before it is decided."""
        id = await deciding.withdraw(
            act, inputs.procedure(input.procedure), reason=input.reason, version=input.version
        )
        return ProcedurePayload(row=id)

    @mutation(permission=OWN)
    async def procedure_undo(self, act: Act, input: answers.ProcedureUndoInput) -> ProcedurePayload:
        """撤销本人刚作出、后续未办理的误操作。 Take back a slip before anybody goes on."""
        id = await undoing.undo(
            act, inputs.procedure(input.procedure), reason=input.reason, version=input.version
        )
        return ProcedurePayload(row=id)
