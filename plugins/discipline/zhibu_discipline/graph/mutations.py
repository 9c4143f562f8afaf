"""Changing dispositions."""

import strawberry

from zhibu.act import Act
from zhibu.graph import Payload, mutation, written
from zhibu.graph.inputs import row
from zhibu.procedures.graph import ProcedurePayload, documents
from zhibu.reading import public
from zhibu_discipline import actions
from zhibu_discipline.graph import inputs, types
from zhibu_discipline.service import after, cases


@public("the answer to one's own mutation")
@strawberry.type(description="组织处置的结果。 What became of a disposition.")
class DisciplineCasePayload(Payload):
    case: types.DisciplineCase | None = written(types.DisciplineCase)


@strawberry.type
class DisciplineMutation:
    @mutation(permission=actions.OPEN)
    async def discipline_open(
        self, act: Act, input: inputs.DisciplineOpenInput
    ) -> DisciplineCasePayload:
        """提出组织处置；决定前不产生任何影响。 Open a disposition; nothing changes yet."""
        member = row(input.member, "Member", "member")
        return DisciplineCasePayload(row=await cases.open(act, member, input.opening()))

    @mutation(permission=actions.OPEN)
    async def discipline_propose(
        self, act: Act, input: inputs.DisciplineProposeInput
    ) -> ProcedurePayload:
        """听取本人意见后提交支部委员会。 Put it to the branch, the member having been heard."""
        case = row(input.case, "DisciplineCase", "case")
        procedure = await cases.put(
            act,
            case,
            input.hearing(),
            input.help(),
            documents=documents(input.documents),
            version=input.version,
        )
        return ProcedurePayload(row=procedure)

    @mutation(permission=actions.OPEN)
    async def discipline_drop(
        self, act: Act, input: inputs.DisciplineDropInput
    ) -> DisciplineCasePayload:
        """不再提出，须说明理由。 Drop it before it is put to the branch."""
        case = row(input.case, "DisciplineCase", "case")
        await cases.drop(act, case, reason=input.reason, version=input.version)
        return DisciplineCasePayload(row=case)

    @mutation(permission=actions.DELIVER)
    async def discipline_deliver(
        self, act: Act, input: inputs.DisciplineDeliverInput
    ) -> DisciplineCasePayload:
        """送达本人并宣布；拒签或联系不上不影响执行。 Delivered; refusing to sign stops nothing."""
        case = row(input.case, "DisciplineCase", "case")
        await after.deliver(
            act,
            case,
            input.delivery,
            on=input.on,
            opinion=input.opinion,
            explanation=input.explanation,
            announced_on=input.announced_on,
            version=input.version,
        )
        return DisciplineCasePayload(row=case)

    @mutation(permission=actions.DELIVER)
    async def discipline_answer(
        self, act: Act, input: inputs.DisciplineAnswerInput
    ) -> DisciplineCasePayload:
        """登记劝其退党后本人的答复。 Record whether who was persuaded withdraws."""
        case = row(input.case, "DisciplineCase", "case")
        await after.answer(act, case, withdraws=input.withdraws, on=input.on, version=input.version)
        return DisciplineCasePayload(row=case)

    @mutation(permission=actions.EVALUATE)
    async def discipline_evaluate(
        self, act: Act, input: inputs.DisciplineEvaluateInput
    ) -> ProcedurePayload:
        """期满评议，经支部决议、党委审批。 Put to the branch how a correction ended."""
        case = row(input.case, "DisciplineCase", "case")
        procedure = await after.evaluate(
            act, case, input.result, evaluation=input.evaluation, version=input.version
        )
        return ProcedurePayload(row=procedure)

    @mutation(permission=actions.APPEAL)
    async def discipline_appeal(
        self, act: Act, input: inputs.DisciplineAppealInput
    ) -> ProcedurePayload:
        """登记本人的书面申诉，限期复议答复。 Enter an appeal handed in on paper."""
        case = row(input.case, "DisciplineCase", "case")
        procedure = await after.appeal(act, case, reason=input.reason, version=input.version)
        return ProcedurePayload(row=procedure)

    @mutation(permission=actions.FILE)
    async def discipline_file(
        self, act: Act, input: inputs.DisciplineFileInput
    ) -> DisciplineCasePayload:
        """登记备案编号。 Record that it was filed above."""
        case = row(input.case, "DisciplineCase", "case")
        await after.file(act, case, number=input.number, on=input.on, version=input.version)
        return DisciplineCasePayload(row=case)
