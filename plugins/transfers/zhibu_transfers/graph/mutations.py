"""Changing transfers."""

import strawberry

from zhibu.act import Act
from zhibu.graph import Payload, mutation, written
from zhibu.graph.inputs import optional, row
from zhibu.reading import public
from zhibu_transfers import actions
from zhibu_transfers.graph import inputs, types
from zhibu_transfers.service import arrivals, letters, opening, pages, receipts, units, withdrawing


@public("the answer to one's own mutation")
@strawberry.type(description="转接变更的结果。 What became of a transfer.")
class TransfersCasePayload(Payload):
    case: types.TransfersCase | None = written(types.TransfersCase)


@public("the answer to one's own mutation")
@strawberry.type(description="介绍信的结果。 The letter.")
class TransfersLetterPayload(Payload):
    letter: types.TransfersLetter | None = written(types.TransfersLetter)


@strawberry.type
class TransfersMutation:
    @mutation(permission=actions.OPEN)
    async def transfers_open(
        self, act: Act, input: inputs.TransfersOpenInput
    ) -> TransfersCasePayload:
        """办理组织关系转接；接收前仍由转出支部负责。 Open a transfer; the sender answers on."""
        facts = input.facts.facts() if input.facts else None
        return TransfersCasePayload(row=await opening.open(act, input.opening(), facts))

    @mutation(permission=actions.OPEN)
    async def transfers_withdraw(
        self, act: Act, input: inputs.TransfersWithdrawInput
    ) -> TransfersCasePayload:
        """接收前撤回转接，介绍信作废；已告知对方单位的待其确认。 Take it back before that."""
        case = row(input.case, "TransfersCase", "case")
        await withdrawing.withdraw(act, case, reason=input.reason, version=input.version)
        return TransfersCasePayload(row=case)

    @mutation(permission=actions.ISSUE)
    async def transfers_letter_issue(
        self, act: Act, input: inputs.TransfersLetterIssueInput
    ) -> TransfersLetterPayload:
        """开具介绍信并按年度编号。 Issue the letter, numbered within the year."""
        case = row(input.case, "TransfersCase", "case")
        id = await letters.issue(act, case, input.wanted(), version=input.version)
        return TransfersLetterPayload(row=id)

    @mutation(permission=actions.ISSUE)
    async def transfers_letter_reissue(
        self, act: Act, input: inputs.TransfersLetterReissueInput
    ) -> TransfersLetterPayload:
        """查明原因和责任后重开介绍信。 Issue another letter; the old one is void."""
        case = row(input.case, "TransfersCase", "case")
        id = await letters.issue(
            act, case, input.wanted(), input.replacing(), version=input.version
        )
        return TransfersLetterPayload(row=id)

    @mutation(permission=actions.ACCEPT)
    async def transfers_accept(
        self, act: Act, input: inputs.TransfersAcceptInput
    ) -> TransfersCasePayload:
        """核对档案后接收党员，自接收日起由接收支部负责。 Accept; from then the receiver answers."""
        case = row(input.case, "TransfersCase", "case")
        await arrivals.accept(
            act,
            case,
            input.arrival(),
            on=input.on,
            newcomer=input.person.newcomer() if input.person else None,
            target=optional(input.target, "Organization", "target"),
            version=input.version,
        )
        return TransfersCasePayload(row=case)

    @mutation(permission=actions.ACCEPT)
    async def transfers_refuse(
        self, act: Act, input: inputs.TransfersRefuseInput
    ) -> TransfersCasePayload:
        """说明理由拒绝接收；无正当事由的报上级裁定。 Refuse, with a reason."""
        case = row(input.case, "TransfersCase", "case")
        await arrivals.decline(
            act, case, cause=input.cause, reason=input.reason, version=input.version
        )
        return TransfersCasePayload(row=case)

    @mutation(permission=actions.RECEIPT)
    async def transfers_receipt(
        self, act: Act, input: inputs.TransfersReceiptInput
    ) -> TransfersCasePayload:
        """寄送回执，或登记收到的回执。 Send the receipt, or record the one that came."""
        case = row(input.case, "TransfersCase", "case")
        await receipts.receipt(
            act, case, input.means, on=input.on, signer=input.signer, version=input.version
        )
        return TransfersCasePayload(row=case)

    @mutation(permission=actions.RECEIPT)
    async def transfers_trace(
        self, act: Act, input: inputs.TransfersTraceInput
    ) -> TransfersCasePayload:
        """登记未收到回执的核查结果。 Say what came out about a missing receipt."""
        case = row(input.case, "TransfersCase", "case")
        await receipts.trace(
            act,
            case,
            input.finding,
            found=input.found,
            proof=input.proof,
            settled_on=input.settled_on,
            version=input.version,
        )
        return TransfersCasePayload(row=case)

    @mutation(permission=actions.OPEN)
    async def transfers_unit_open(
        self, act: Act, input: inputs.TransfersUnitOpenInput
    ) -> TransfersCasePayload:
        """整建制转接：名单上的人一并办理，有一人不合规则全部退回。 Open all of a list, or none."""
        members = [row(member, "Member", "members") for member in input.members]
        return TransfersCasePayload(row=await units.open_unit(act, members, input.opening()))

    @mutation(permission=actions.ACCEPT)
    async def transfers_unit_accept(
        self, act: Act, input: inputs.TransfersUnitAcceptInput
    ) -> TransfersCasePayload:
        """整批接收仍在途中的党员。 Accept all of the list who are on the way, or none."""
        case = row(input.case, "TransfersCase", "case")
        await units.accept_unit(act, case, input.arrival(), on=input.on)
        return TransfersCasePayload(row=case)

    @mutation(permission=actions.ISSUE)
    async def transfers_letter_print(
        self, act: Act, input: inputs.TransfersLetterPrintInput
    ) -> TransfersLetterPayload:
        """登记一次打印，次数印在存根上。 Count a print; the stub says which it is."""
        letter = row(input.letter, "TransfersLetter", "letter")
        await pages.count(act, letter)
        return TransfersLetterPayload(row=letter)
