"""Proposing, deciding, meeting and voting."""

import strawberry

from zhibu.act import Act
from zhibu.core_actions import PROCEDURE_PROPOSE, PROCEDURE_VOTE
from zhibu.graph import Payload, mutation, written
from zhibu.identifiers import row_of
from zhibu.procedures.graph import inputs
from zhibu.procedures.graph.types import ProcedureSittingType, ProcedureType
from zhibu.procedures.service import deciding, proposing, sittings
from zhibu.reading import Public, public

STEP = Public("each step names its own permission, which is asked")
OWN = Public("one's own proposal")


@public("the answer to one's own mutation")
@strawberry.type(description="程序的变更结果。 What became of a procedure.")
class ProcedurePayload(Payload):
    procedure: ProcedureType | None = written(ProcedureType)


@public("the answer to one's own mutation")
@strawberry.type(description="会议的变更结果。 What became of a meeting.")
class ProcedureSittingPayload(Payload):
    sitting: ProcedureSittingType | None = written(ProcedureSittingType)


@strawberry.type
class ProcedureMutation:
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

    @mutation(permission=STEP)
    async def procedure_sitting_open(
        self, act: Act, input: inputs.ProcedureSittingOpenInput
    ) -> ProcedureSittingPayload:
        """召开表决会议，应到会人员按当日确定。 Open a meeting; who is entitled is computed."""
        id = await sittings.open_sitting(
            act,
            inputs.procedure(input.procedure),
            held_on=input.held_on,
            secret=input.secret,
            present=inputs.members(input.present, "present"),
        )
        return ProcedureSittingPayload(row=id)

    @mutation(permission=STEP)
    async def procedure_attend(
        self, act: Act, input: inputs.ProcedureAttendInput
    ) -> ProcedureSittingPayload:
        """登记到会和未到会人员。 Record who is present and who is not."""
        id = await sittings.attend(
            act,
            inputs.procedure(input.procedure),
            present=inputs.members(input.present, "present"),
            absent=inputs.members(input.absent, "absent"),
        )
        return ProcedureSittingPayload(row=id)

    @mutation(permission=PROCEDURE_VOTE)
    async def procedure_vote_cast(
        self, act: Act, input: inputs.ProcedureVoteCastInput
    ) -> ProcedureSittingPayload:
        """投票，一人一票。 Cast one's own vote, once."""
        id = await sittings.cast(act, inputs.procedure(input.procedure), input.choice)
        return ProcedureSittingPayload(row=id)

    @mutation(permission=STEP)
    async def procedure_write_in(
        self, act: Act, input: inputs.ProcedureWriteInInput
    ) -> ProcedureSittingPayload:
        """登记书面意见，是否计票由参数规定。 Record a written opinion of somebody absent."""
        id = await sittings.write_in(
            act,
            inputs.procedure(input.procedure),
            row_of(input.member, "Member", path=("member",)),
            input.choice,
        )
        return ProcedureSittingPayload(row=id)

    @mutation(permission=STEP)
    async def procedure_vote_close(
        self, act: Act, input: inputs.ProcedureVoteCloseInput
    ) -> ProcedureSittingPayload:
        """计票并宣布结果，结果决定下一步。 Count, once; the count decides what happens next."""
        id = await sittings.close(
            act,
            inputs.procedure(input.procedure),
            paper=input.paper.value() if input.paper else None,
            superior=input.superior,
        )
        return ProcedureSittingPayload(row=id)
