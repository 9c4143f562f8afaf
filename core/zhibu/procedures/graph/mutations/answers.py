"""Objecting, deciding in special cases, acting for others, and who has no vote."""

import strawberry

from zhibu.act import Act
from zhibu.core_actions import (
    PROCEDURE_DELEGATE,
    PROCEDURE_OBJECT,
    PROCEDURE_PROPOSE,
    VOTE_LIMIT,
)
from zhibu.graph import mutation
from zhibu.identifiers import row_of
from zhibu.procedures.graph.inputs import answers as inputs
from zhibu.procedures.graph.inputs.proposals import documents, procedure
from zhibu.procedures.graph.payloads import (
    STEP,
    ProcedureDelegationPayload,
    ProcedurePayload,
    VoteLimitPayload,
)
from zhibu.procedures.service import delegating, limiting, objecting, overriding


@strawberry.type
class ProcedureAnswerMutation:
    @mutation(permission=PROCEDURE_OBJECT)
    async def procedure_object(
        self, act: Act, input: inputs.ProcedureObjectInput
    ) -> ProcedurePayload:
        """当事党员在期限内提出异议。 Object, in time, to what is decided about oneself."""
        id = await objecting.object_to(act, procedure(input.procedure), reason=input.reason)
        return ProcedurePayload(row=id)

    @mutation(permission=STEP)
    async def procedure_objection_answer(
        self, act: Act, input: inputs.ProcedureObjectionAnswerInput
    ) -> ProcedurePayload:
        """答复异议；参与过决定的人不得答复。 Answer an objection, not having decided it."""
        id = row_of(input.objection, "ProcedureObjection", path=("objection",))
        found = await objecting.answer(act, id, upheld=input.upheld, answer=input.answer)
        return ProcedurePayload(row=found)

    @mutation(permission=STEP)
    async def procedure_override(
        self, act: Act, input: inputs.ProcedureOverrideInput
    ) -> ProcedurePayload:
        """特殊情况下申请直接决定，须有依据文件。 Ask for a decision without the steps."""
        id = await overriding.ask(
            act,
            procedure(input.procedure),
            approve=input.approve,
            reason=input.reason,
            document=row_of(input.document, "Attachment", path=("document",)),
        )
        return ProcedurePayload(row=id)

    @mutation(permission=STEP)
    async def procedure_override_confirm(
        self, act: Act, input: inputs.ProcedureOverrideConfirmInput
    ) -> ProcedurePayload:
        """由另一人确认直接决定，或者否决。 Confirm a direct decision, being somebody else."""
        id = row_of(input.override, "ProcedureOverride", path=("override",))
        found = await overriding.confirm(act, id, confirm=input.confirm)
        return ProcedurePayload(row=found)

    @mutation(permission=PROCEDURE_DELEGATE)
    async def procedure_delegate(
        self, act: Act, input: inputs.ProcedureDelegateInput
    ) -> ProcedureDelegationPayload:
        """委托他人在期限内代办程序。 Let somebody act for oneself for a time; all is traced."""
        id = await delegating.delegate(
            act,
            member_id=row_of(input.member, "Member", path=("member",)),
            organization_id=row_of(input.organization, "Organization", path=("organization",)),
            since=input.since,
            until=input.until,
            reason=input.reason,
            name=input.procedure,
        )
        return ProcedureDelegationPayload(row=id)

    @mutation(permission=PROCEDURE_DELEGATE)
    async def procedure_delegation_end(
        self, act: Act, input: inputs.ProcedureDelegationEndInput
    ) -> ProcedureDelegationPayload:
        """结束委托，委托人和受委托人均可。 End a delegation, from either side."""
        id = row_of(input.delegation, "ProcedureDelegation", path=("delegation",))
        return ProcedureDelegationPayload(row=await delegating.end(act, id, reason=input.reason))

    @mutation(permission=PROCEDURE_PROPOSE)
    async def procedure_exclude(
        self, act: Act, input: inputs.ProcedureExcludeInput
    ) -> ProcedurePayload:
        """提出党员不计入应到会，经上级同意、大会通过。 Propose that a member is not counted."""
        id = await limiting.exclude(
            act,
            row_of(input.member, "Member", path=("member",)),
            ground=input.ground,
            since=input.since,
            until=input.until,
            reason=input.reason,
            documents=documents(input.documents),
        )
        return ProcedurePayload(row=id)

    @mutation(permission=VOTE_LIMIT)
    async def vote_suspend(self, act: Act, input: inputs.VoteSuspendInput) -> VoteLimitPayload:
        """登记党员的表决权受限，须有决定。 Record that a right to vote is suspended."""
        id = await limiting.suspend(
            act,
            row_of(input.member, "Member", path=("member",)),
            ground=input.ground,
            since=input.since,
            until=input.until,
            decision=input.decision,
        )
        return VoteLimitPayload(row=id)

    @mutation(permission=VOTE_LIMIT)
    async def vote_limit_end(self, act: Act, input: inputs.VoteLimitEndInput) -> VoteLimitPayload:
        """结束表决权受限或不计入。 It holds no longer from a day."""
        id = row_of(input.limit, "VoteLimit", path=("limit",))
        await limiting.end_limit(act, id, on=input.on, reason=input.reason)
        return VoteLimitPayload(row=id)
