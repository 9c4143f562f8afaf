"""Recording talks, and opening what was said."""

import strawberry

from zhibu.act import Act
from zhibu.graph import mutation
from zhibu_organization_life import actions
from zhibu_organization_life.graph.inputs import talks as inputs
from zhibu_organization_life.graph.inputs.rows import talk_row
from zhibu_organization_life.graph.payloads import (
    OrganizationLifeTalkPayload,
    OrganizationLifeWordsPayload,
)
from zhibu_organization_life.service import talks


@strawberry.type
class TalkMutation:
    """Everything that changes talks."""

    @mutation(permission=actions.TALK)
    async def organization_life_talk_record(
        self, act: Act, input: inputs.OrganizationLifeTalkRecordInput
    ) -> OrganizationLifeTalkPayload:
        """登记谈心谈话、提醒谈话或批评教育。 Record a talk."""
        return OrganizationLifeTalkPayload(row=await talks.record(act, input.wanted()))

    @mutation(permission=actions.TALK)
    async def organization_life_talk_follow(
        self, act: Act, input: inputs.OrganizationLifeTalkFollowInput
    ) -> OrganizationLifeTalkPayload:
        """登记谈话的跟进情况。 Say what came of a talk."""
        id = talk_row(input.talk)
        await talks.follow(
            act, id, input.on, input.result, improved=input.improved, reason=input.reason
        )
        return OrganizationLifeTalkPayload(row=id)

    @mutation(permission=actions.TALK)
    async def organization_life_talk_handle(
        self, act: Act, input: inputs.OrganizationLifeTalkHandleInput
    ) -> OrganizationLifeTalkPayload:
        """登记教育后仍不改正的处理意见。 Say what was decided where a talk failed."""
        id = talk_row(input.talk)
        await talks.handle(act, id, input.on, input.decision, reason=input.reason)
        return OrganizationLifeTalkPayload(row=id)

    @mutation(permission=actions.TALK)
    async def organization_life_talk_void(
        self, act: Act, input: inputs.OrganizationLifeTalkVoidInput
    ) -> OrganizationLifeTalkPayload:
        """作废误登的谈话。 Void a talk recorded by mistake."""
        id = talk_row(input.talk)
        await talks.void(act, id, reason=input.reason)
        return OrganizationLifeTalkPayload(row=id)

    @mutation(permission=actions.TALK_OPEN)
    async def organization_life_talk_open(
        self, act: Act, input: inputs.OrganizationLifeTalkOpenInput
    ) -> OrganizationLifeWordsPayload:
        """查看谈话内容，留痕。 Open what was said; it is logged."""
        found = await talks.read(act, talk_row(input.talk), reason=input.reason)
        return OrganizationLifeWordsPayload(
            why=found.why, said=found.said, agreed=found.agreed, result=found.result
        )
