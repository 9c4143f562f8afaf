"""Changing class hours."""

import strawberry

from zhibu.act import Act
from zhibu.graph import mutation
from zhibu.graph.inputs import row
from zhibu.procedures.graph import ProcedurePayload, documents
from zhibu_education import actions
from zhibu_education.graph.inputs import credits as inputs
from zhibu_education.graph.payloads import EducationCreditPayload, EducationCreditsPayload
from zhibu_education.service import credits, reviews, verifying


@strawberry.type
class CreditMutation:
    @mutation(permission=actions.CLAIM)
    async def education_credit_claim(
        self, act: Act, input: inputs.EducationCreditInput
    ) -> EducationCreditPayload:
        """党员申报本人学时，须附证明。 Claim one's own class hours, with evidence."""
        member = row(input.member, "Member", "member")
        return EducationCreditPayload(row=await credits.claim(act, member, input.entry()))

    @mutation(permission=actions.RECORD)
    async def education_credit_record(
        self, act: Act, input: inputs.EducationCreditInput
    ) -> EducationCreditPayload:
        """支部为党员登记学时。 Record class hours for a member."""
        member = row(input.member, "Member", "member")
        return EducationCreditPayload(row=await credits.record(act, member, input.entry()))

    @mutation(permission=actions.VERIFY)
    async def education_credit_verify(
        self, act: Act, input: inputs.EducationCreditVerifyInput
    ) -> EducationCreditsPayload:
        """认定学时；申报人、登记人和本人不得认定。 Verify credits of somebody else."""
        ids = [row(credit, "EducationCredit", "credits") for credit in input.credits]
        await verifying.verify(act, ids, remark=input.remark)
        return EducationCreditsPayload(count=len({*ids}))

    @mutation(permission=actions.VERIFY)
    async def education_credit_return(
        self, act: Act, input: inputs.EducationCreditReturnInput
    ) -> EducationCreditsPayload:
        """退回学时申报并说明原因。 Return claimed credits with the reason."""
        ids = [row(credit, "EducationCredit", "credits") for credit in input.credits]
        await verifying.send_back(act, ids, reason=input.reason)
        return EducationCreditsPayload(count=len({*ids}))

    @mutation(permission=actions.CORRECT)
    async def education_credit_correct(
        self, act: Act, input: inputs.EducationCreditCorrectInput
    ) -> EducationCreditPayload:
        """更正学时，原记录保留。 Correct a credit; the old one stays, superseded."""
        old = row(input.credit, "EducationCredit", "credit")
        new = await credits.correct(
            act, old, input.entry(), reason=input.reason, version=input.version
        )
        return EducationCreditPayload(row=new)

    @mutation(permission=actions.CORRECT)
    async def education_credit_void(
        self, act: Act, input: inputs.EducationCreditVoidInput
    ) -> EducationCreditPayload:
        """作废误录的学时。 Take back a credit entered by mistake."""
        credit = row(input.credit, "EducationCredit", "credit")
        await credits.void(act, credit, reason=input.reason, version=input.version)
        return EducationCreditPayload(row=credit)

    @mutation(permission=actions.CLAIM)
    async def education_credit_ask_review(
        self, act: Act, input: inputs.EducationCreditAskReviewInput
    ) -> ProcedurePayload:
        """对退回的学时申请复核，由上级党组织办理。 Ask for returned hours to be looked at again."""
        credit = row(input.credit, "EducationCredit", "credit")
        id = await reviews.ask(
            act, credit, reason=input.reason, documents=documents(input.documents)
        )
        return ProcedurePayload(row=id)
