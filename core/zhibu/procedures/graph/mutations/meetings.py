"""Meeting and voting."""

import strawberry

from zhibu.act import Act
from zhibu.core_actions import PROCEDURE_VOTE
from zhibu.graph import mutation
from zhibu.identifiers import row_of
from zhibu.procedures.graph.inputs import meetings as inputs
from zhibu.procedures.graph.inputs.proposals import members, procedure
from zhibu.procedures.graph.payloads import STEP, ProcedureSittingPayload
from zhibu.procedures.service import sittings, voting


@strawberry.type
class ProcedureMeetingMutation:
    @mutation(permission=STEP)
    async def procedure_sitting_open(
        self, act: Act, input: inputs.ProcedureSittingOpenInput
    ) -> ProcedureSittingPayload:
        """召开表决会议，应到会人员按当日确定。 Open a meeting; who is entitled is computed."""
        id = await sittings.open_sitting(
            act,
            procedure(input.procedure),
            held_on=input.held_on,
            secret=input.secret,
            present=members(input.present, "present"),
        )
        return ProcedureSittingPayload(row=id)

    @mutation(permission=STEP)
    async def procedure_attend(
        self, act: Act, input: inputs.ProcedureAttendInput
    ) -> ProcedureSittingPayload:
        """登记到会和未到会人员。 Record who is present and who is not."""
        id = await sittings.attend(
            act,
            procedure(input.procedure),
            present=members(input.present, "present"),
            absent=members(input.absent, "absent"),
        )
        return ProcedureSittingPayload(row=id)

    @mutation(permission=PROCEDURE_VOTE)
    async def procedure_vote_cast(
        self, act: Act, input: inputs.ProcedureVoteCastInput
    ) -> ProcedureSittingPayload:
        """投票，一人一票。 Cast one's own vote, once."""
        id = await voting.cast(act, procedure(input.procedure), input.choice)
        return ProcedureSittingPayload(row=id)

    @mutation(permission=STEP)
    async def procedure_write_in(
        self, act: Act, input: inputs.ProcedureWriteInInput
    ) -> ProcedureSittingPayload:
        """登记书面意见，是否计票由参数规定。 Record a written opinion of somebody absent."""
        id = await voting.write_in(
            act,
            procedure(input.procedure),
            row_of(input.member, "Member", path=("member",)),
            input.choice,
        )
        return ProcedureSittingPayload(row=id)

    @mutation(permission=STEP)
    async def procedure_vote_close(
        self, act: Act, input: inputs.ProcedureVoteCloseInput
    ) -> ProcedureSittingPayload:
        """计票并宣布结果，结果决定下一步。 Count, once; the count decides what happens next."""
        id = await voting.close(
            act,
            procedure(input.procedure),
            paper=input.paper.value() if input.paper else None,
            superior=input.superior,
        )
        return ProcedureSittingPayload(row=id)

    @mutation(permission=STEP)
    async def procedure_sitting_cancel(
        self, act: Act, input: inputs.ProcedureSittingCancelInput
    ) -> ProcedureSittingPayload:
        """取消尚无人投票的会议。 Call off a meeting at which nobody has voted."""
        id = await sittings.cancel(act, procedure(input.procedure), reason=input.reason)
        return ProcedureSittingPayload(row=id)
