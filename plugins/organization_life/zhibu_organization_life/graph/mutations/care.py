"""Recording how members live and what was paid to them, and opening it."""

import strawberry

from zhibu.act import Act
from zhibu.graph import mutation
from zhibu_organization_life import actions
from zhibu_organization_life.graph.inputs import care as inputs
from zhibu_organization_life.graph.inputs.rows import relief_row, survey_row
from zhibu_organization_life.graph.payloads import (
    OrganizationLifeLivingPayload,
    OrganizationLifeReliefPayload,
    OrganizationLifeSurveyPayload,
)
from zhibu_organization_life.service import care


@strawberry.type
class CareMutation:
    """Everything that changes what is known of how members live."""

    @mutation(permission=actions.CARE)
    async def organization_life_survey_record(
        self, act: Act, input: inputs.OrganizationLifeSurveyRecordInput
    ) -> OrganizationLifeSurveyPayload:
        """登记家庭情况、身体状况、个人愿望的摸排。 Record how a member lives."""
        return OrganizationLifeSurveyPayload(row=await care.survey(act, input.wanted()))

    @mutation(permission=actions.CARE)
    async def organization_life_survey_void(
        self, act: Act, input: inputs.OrganizationLifeSurveyVoidInput
    ) -> OrganizationLifeSurveyPayload:
        """作废误登的摸排。 Void a survey recorded by mistake."""
        id = survey_row(input.survey)
        await care.void_survey(act, id, reason=input.reason)
        return OrganizationLifeSurveyPayload(row=id)

    @mutation(permission=actions.CARE_OPEN)
    async def organization_life_survey_open(
        self, act: Act, input: inputs.OrganizationLifeSurveyOpenInput
    ) -> OrganizationLifeLivingPayload:
        """查看摸排情况，留痕。 Open how a member lives; it is logged."""
        found = await care.read(act, survey_row(input.survey), reason=input.reason)
        return OrganizationLifeLivingPayload(
            family=found.family, health=found.health, wishes=found.wishes
        )

    @mutation(permission=actions.CARE)
    async def organization_life_relief_record(
        self, act: Act, input: inputs.OrganizationLifeReliefRecordInput
    ) -> OrganizationLifeReliefPayload:
        """登记已发放的困难党员慰问金。 Record relief that was paid."""
        return OrganizationLifeReliefPayload(row=await care.pay(act, input.wanted()))

    @mutation(permission=actions.CARE)
    async def organization_life_relief_void(
        self, act: Act, input: inputs.OrganizationLifeReliefVoidInput
    ) -> OrganizationLifeReliefPayload:
        """作废误登的慰问金。 Void relief recorded by mistake."""
        id = relief_row(input.relief)
        await care.void_relief(act, id, reason=input.reason)
        return OrganizationLifeReliefPayload(row=id)
