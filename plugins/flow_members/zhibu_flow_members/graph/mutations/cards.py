"""Stamping, issuing, reviewing and ending activity cards."""

import strawberry

from zhibu.act import Act
from zhibu.graph import mutation
from zhibu.graph.inputs import row
from zhibu.identifiers import global_id
from zhibu_flow_members import actions
from zhibu_flow_members.graph.inputs import cards as inputs
from zhibu_flow_members.graph.inputs.cards import card_row
from zhibu_flow_members.graph.inputs.cases import case_row
from zhibu_flow_members.graph.payloads import FlowMembersCardPayload, FlowMembersCardsPayload
from zhibu_flow_members.service import card_prints, cards, photos


@strawberry.type
class CardMutation:
    """Everything that changes cards."""

    @mutation(permission=actions.STAMP)
    async def flow_members_card_stamp(
        self, act: Act, input: inputs.FlowMembersCardStampInput
    ) -> FlowMembersCardPayload:
        """机关党委为活动证盖章、编号。 Stamp a card, which gives it its number."""
        return FlowMembersCardPayload(row=await cards.stamp(act, case_row(input.case)))

    @mutation(permission=actions.ISSUE)
    async def flow_members_card_issue(
        self, act: Act, input: inputs.FlowMembersCardIssueInput
    ) -> FlowMembersCardPayload:
        """党支部登记发放活动证。 Register and issue a card."""
        id = card_row(input.card)
        await cards.issue(act, id, input.on)
        return FlowMembersCardPayload(row=id)

    @mutation(permission=actions.ISSUE)
    async def flow_members_card_review(
        self, act: Act, input: inputs.FlowMembersCardReviewInput
    ) -> FlowMembersCardPayload:
        """年度审核活动证。 Review a card."""
        id = card_row(input.card)
        await cards.review(act, id, input.year, input.result, note=input.note, reason=input.reason)
        return FlowMembersCardPayload(row=id)

    @mutation(permission=actions.ISSUE)
    async def flow_members_card_end(
        self, act: Act, input: inputs.FlowMembersCardEndInput
    ) -> FlowMembersCardPayload:
        """交回、补换或作废活动证。 A card is given back, replaced or voided."""
        id = card_row(input.card)
        await cards.end(act, id, input.on, input.ending, reason=input.reason)
        return FlowMembersCardPayload(row=id)

    @mutation(permission=actions.ISSUE)
    async def flow_members_card_photo_attach(
        self, act: Act, input: inputs.FlowMembersCardPhotoAttachInput
    ) -> FlowMembersCardPayload:
        """为活动证贴照片，或更换照片。 Put a photograph on a card, or another one."""
        id, file = card_row(input.card), row(input.file, "Attachment", "file")
        await photos.attach(act, id, file, reason=input.reason)
        return FlowMembersCardPayload(row=id)

    @mutation(permission=actions.ISSUE)
    async def flow_members_card_photo_remove(
        self, act: Act, input: inputs.FlowMembersCardPhotoRemoveInput
    ) -> FlowMembersCardPayload:
        """取下贴错的照片，不再保存。 Take a photograph off a card; it is kept no longer."""
        id = card_row(input.card)
        await photos.remove(act, id, reason=input.reason)
        return FlowMembersCardPayload(row=id)

    @mutation(permission=actions.ISSUE)
    async def flow_members_cards_print(
        self, act: Act, input: inputs.FlowMembersCardsPrintInput
    ) -> FlowMembersCardsPayload:
        """成批打印活动证，在后台进行。 Print all cards of a place, as a job."""
        unit = row(input.organization, "Organization", "organization")
        job = await card_prints.ask(act, unit)
        return FlowMembersCardsPayload(job=strawberry.ID(global_id("Job", job)))
