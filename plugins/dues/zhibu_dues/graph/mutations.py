"""Changing dues."""

import strawberry

from zhibu.act import Act
from zhibu.graph import mutation
from zhibu.graph.inputs import row
from zhibu.procedures.graph import ProcedurePayload, documents
from zhibu_dues import actions
from zhibu_dues.graph import payloads
from zhibu_dues.graph.inputs import decisions, payments, units
from zhibu_dues.service import arrears, bases, grants, handovers, publications
from zhibu_dues.service import payments as paying


@strawberry.type
class PaymentMutation:
    @mutation(permission=actions.DECLARE)
    async def dues_base_declare(
        self, act: Act, input: payments.DuesBaseDeclareInput
    ) -> payloads.DuesBasePayload:
        """申报党费基数，由他人核定。 Declare a base; somebody else confirms it."""
        member = row(input.member, "Member", "member")
        return payloads.DuesBasePayload(row=await bases.declare(act, member, input.declaration()))

    @mutation(permission=actions.CONFIRM)
    async def dues_base_confirm(
        self, act: Act, input: payments.DuesBaseConfirmInput
    ) -> payloads.DuesBasesPayload:
        """核定党费基数；本人和申报人不得核定。 Confirm bases that others declared."""
        ids = [row(base, "DuesBase", "bases") for base in input.bases]
        await bases.confirm(act, ids)
        return payloads.DuesBasesPayload(count=len({*ids}))

    @mutation(permission=actions.CONFIRM)
    async def dues_base_void(
        self, act: Act, input: payments.DuesBaseVoidInput
    ) -> payloads.DuesBasePayload:
        """退回申报，或作废误核的基数。 Return a declaration, or take back a base."""
        base = row(input.base, "DuesBase", "base")
        await bases.void(act, base, reason=input.reason, version=input.version)
        return payloads.DuesBasePayload(row=base)

    @mutation(permission=actions.COLLECT)
    async def dues_payment_record(
        self, act: Act, input: payments.DuesPaymentRecordInput
    ) -> payloads.DuesPaymentPayload:
        """登记党费并编收据号。 Record dues that were paid, with a receipt."""
        return payloads.DuesPaymentPayload(row=await paying.record(act, input.payment()))

    @mutation(permission=actions.VOID)
    async def dues_payment_correct(
        self, act: Act, input: payments.DuesPaymentCorrectInput
    ) -> payloads.DuesPaymentPayload:
        """更正党费，原记录作废并保留。 Correct a payment; the old one stays, void."""
        old = row(input.payment, "DuesPayment", "payment")
        new = await paying.correct(
            act, old, input.correct.payment(), reason=input.reason, version=input.version
        )
        return payloads.DuesPaymentPayload(row=new)

    @mutation(permission=actions.VOID)
    async def dues_payment_void(
        self, act: Act, input: payments.DuesPaymentVoidInput
    ) -> payloads.DuesPaymentPayload:
        """作废误登的党费；登记人可在数日内撤回自己的误登。 Take back a payment."""
        payment = row(input.payment, "DuesPayment", "payment")
        await paying.void(act, payment, reason=input.reason, version=input.version)
        return payloads.DuesPaymentPayload(row=payment)


@strawberry.type
class DecisionMutation:
    @mutation(permission=actions.ASK)
    async def dues_reduction_ask(
        self, act: Act, input: decisions.DuesReductionAskInput
    ) -> ProcedurePayload:
        """申请少交或免交党费，经支部研究、上一级党委批准。 Ask for less dues, or none."""
        id = await grants.ask(
            act,
            row(input.member, "Member", "member"),
            first_month=input.first_month,
            last_month=input.last_month,
            fen=input.fen,
            reason=input.reason,
            documents=documents(input.documents),
        )
        return ProcedurePayload(row=id)

    @mutation(permission=actions.APPROVE)
    async def dues_reduction_end(
        self, act: Act, input: decisions.DuesReductionEndInput
    ) -> payloads.DuesMemberPayload:
        """困难已过，恢复按标准交纳。 End a reduction when the hardship is over."""
        reduction = row(input.reduction, "DuesReduction", "reduction")
        member = await grants.end_reduction(act, reduction, month=input.month, reason=input.reason)
        return payloads.DuesMemberPayload(row=member)

    @mutation(permission=actions.CONSENT)
    async def dues_quarterly_consent(
        self, act: Act, input: decisions.DuesQuarterlyConsentInput
    ) -> payloads.DuesQuarterlyPayload:
        """同意党员按季度交纳。 Let a member pay by the quarter."""
        id = await grants.consent(
            act,
            row(input.member, "Member", "member"),
            first_month=input.first_month,
            last_month=input.last_month,
            reason=input.reason,
        )
        return payloads.DuesQuarterlyPayload(row=id)

    @mutation(permission=actions.CONSENT)
    async def dues_quarterly_end(
        self, act: Act, input: decisions.DuesQuarterlyEndInput
    ) -> payloads.DuesQuarterlyPayload:
        """恢复按月交纳。 Let dues be due month by month again."""
        quarterly = row(input.quarterly, "DuesQuarterly", "quarterly")
        await grants.end_consent(act, quarterly, month=input.month, reason=input.reason)
        return payloads.DuesQuarterlyPayload(row=quarterly)

    @mutation(permission=actions.ANSWER)
    async def dues_arrears_answer(
        self, act: Act, input: decisions.DuesArrearsAnswerInput
    ) -> payloads.DuesArrearsPayload:
        """填写长期欠交的核实情况；不产生任何自动处置。 Say what was found; nothing follows."""
        id = row(input.arrears, "DuesArrears", "arrears")
        await arrears.answer(act, id, input.finding, input.answer)
        return payloads.DuesArrearsPayload(row=id)


@strawberry.type
class UnitMutation:
    @mutation(permission=actions.HAND_OVER)
    async def dues_hand_over(
        self, act: Act, input: units.DuesHandOverInput
    ) -> payloads.DuesHandoverPayload:
        """对账并上缴截至某日所收的党费。 Hand over what is held by a day."""
        unit = row(input.organization, "Organization", "organization")
        return payloads.DuesHandoverPayload(row=await handovers.hand_over(act, unit, input.until))

    @mutation(permission=actions.RECEIVE)
    async def dues_handover_receive(
        self, act: Act, input: units.DuesHandoverReceiveInput
    ) -> payloads.DuesHandoverPayload:
        """确认收到下级上缴的党费；经手人本人不得确认。 Say that the money came."""
        id = row(input.handover, "DuesHandover", "handover")
        await handovers.receive(act, id, version=input.version)
        return payloads.DuesHandoverPayload(row=id)

    @mutation(permission=actions.RECEIVE)
    async def dues_handover_return(
        self, act: Act, input: units.DuesHandoverReturnInput
    ) -> payloads.DuesHandoverPayload:
        """退回不符的上缴。 Return what does not agree."""
        id = row(input.handover, "DuesHandover", "handover")
        await handovers.send_back(act, id, reason=input.reason, version=input.version)
        return payloads.DuesHandoverPayload(row=id)

    @mutation(permission=actions.PUBLISH)
    async def dues_publish(
        self, act: Act, input: units.DuesPublishInput
    ) -> payloads.DuesPublicationPayload:
        """公布年度党费收缴情况。 Publish the dues of a year."""
        unit = row(input.organization, "Organization", "organization")
        id = await publications.publish(act, unit, input.year, input.place)
        return payloads.DuesPublicationPayload(row=id)

    @mutation(permission=actions.PUBLISH)
    async def dues_publication_withdraw(
        self, act: Act, input: units.DuesPublicationWithdrawInput
    ) -> payloads.DuesPublicationPayload:
        """撤回有误的公布。 Withdraw a publication."""
        id = row(input.publication, "DuesPublication", "publication")
        await publications.withdraw(act, id, input.reason)
        return payloads.DuesPublicationPayload(row=id)


@strawberry.type
class DuesMutation(PaymentMutation, DecisionMutation, UnitMutation):
    """Everything that changes dues."""
