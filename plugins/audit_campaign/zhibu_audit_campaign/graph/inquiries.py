"""Inquiries with other bodies: what is asked, and recording the answer."""

from datetime import date
from typing import Annotated, Any

import strawberry

from zhibu.accounts.reads import name_of
from zhibu.act import Act
from zhibu.graph import Payload, mutation, written
from zhibu.graph.inputs import key, row, told
from zhibu.organizations.graph import OrganizationName
from zhibu.organizations.reads import path_of_organization
from zhibu.reading import Connection, Node, column, connection, entity, expression, public, to_one
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.graph.queries import Asked
from zhibu_audit_campaign.graph.types import NAMES, of
from zhibu_audit_campaign.graph.work_inputs import SEARCH
from zhibu_audit_campaign.graph.work_mutations import OWN
from zhibu_audit_campaign.reads import sheets, work
from zhibu_audit_campaign.rules.inquiring import Asking
from zhibu_audit_campaign.service import inquiries

KIND = "AuditCampaignInquiry"
OF = "查询。 The inquiry."


@entity(work.INQUIRY, permission=actions.SEARCH_READ, path=path_of_organization)
@strawberry.type(
    description="向有关部门的查询；内容在查找档案中查看并留痕。 An inquiry; the file says of what."
)
class AuditCampaignInquiry(Node):
    name: str = expression(sheets.name, description="党员姓名。 About whom.")
    body: str = column(description="部门（方案中的代码）。 Whom, by its code in the plan.")
    asked_on: date = column(description="查询日期。 When.")
    asked_by: str | None = expression(name_of("asked_by"), description="查询人。 Who asked.")
    due_on: date | None = column(description="应答复日期。 By when an answer is expected.")
    answered_on: date | None = column(description="答复日期。 When it was answered.")
    answered_by: str | None = expression(
        name_of("answered_by"), description="登记答复的人。 Who recorded the answer."
    )
    voided_on: date | None = column(description="撤回日期。 When it was taken back.")
    organization: OrganizationName = to_one(
        of("organization_id"), shown_with_parent=NAMES, description="负责查找的支部。 Who searches."
    )


@public(OWN)
@strawberry.type(description="查询变更的结果。 What became of an inquiry.")
class AuditCampaignInquiryPayload(Payload):
    inquiry: AuditCampaignInquiry | None = written(AuditCampaignInquiry)


@strawberry.input(description="向有关部门查询失联党员。 Another body to be asked.")
class AuditCampaignInquiryMakeInput:
    search: strawberry.ID = told(SEARCH)
    body: str = told("部门（方案中的代码）。 Whom, by its code in the plan.")
    text: str = told("查询内容。 What is asked.")
    on: date
    idempotency_key: str | None = key()


@strawberry.input(description="登记部门的答复。 What another body answered.")
class AuditCampaignInquiryAnswerInput:
    inquiry: strawberry.ID = told(OF)
    text: str = told("答复内容。 What it answered.")
    on: date
    idempotency_key: str | None = key()


@strawberry.input(description="撤回误登的查询。 An inquiry to be taken back.")
class AuditCampaignInquiryVoidInput:
    inquiry: strawberry.ID = told(OF)
    reason: str
    idempotency_key: str | None = key()


def _open(row: Any, args: Any, env: Any) -> Any:
    """Whether it waits for an answer, as was asked."""
    waits = row.c.answered_on.is_(None) & row.c.voided_on.is_(None)
    return waits == args.bind("open")


@strawberry.type
class InquiryQuery:
    @connection(
        where=sheets.of_campaign,
        order=lambda row: [row.c.asked_on.desc(), row.c.id.desc()],
        filters={"open": _open},
    )
    def audit_campaign_inquiries(
        self,
        campaign: Asked,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        open: Annotated[
            bool | None,
            strawberry.argument(
                description="只看待答复的，或已了结的。 Only those that wait, or not."
            ),
        ] = None,
    ) -> Connection[AuditCampaignInquiry]:
        """向有关部门的查询，最近的在前。 Inquiries with other bodies, the latest first."""


@strawberry.type
class InquiryMutation:
    @mutation(permission=actions.INQUIRE)
    async def audit_campaign_inquiry_make(
        self, act: Act, input: AuditCampaignInquiryMakeInput
    ) -> AuditCampaignInquiryPayload:
        """向公安、人社、教育、卫健等部门查询失联党员。 Ask another body about who is lost."""
        search = row(input.search, "AuditCampaignSearch", "search")
        given = Asking(body=input.body, text=input.text, on=input.on)
        return AuditCampaignInquiryPayload(row=await inquiries.make(act, search, given))

    @mutation(permission=actions.INQUIRE)
    async def audit_campaign_inquiry_answer(
        self, act: Act, input: AuditCampaignInquiryAnswerInput
    ) -> AuditCampaignInquiryPayload:
        """登记部门的答复。 Record what another body answered."""
        id = row(input.inquiry, KIND, "inquiry")
        await inquiries.answer(act, id, input.text, on=input.on)
        return AuditCampaignInquiryPayload(row=id)

    @mutation(permission=actions.INQUIRE)
    async def audit_campaign_inquiry_void(
        self, act: Act, input: AuditCampaignInquiryVoidInput
    ) -> AuditCampaignInquiryPayload:
        """撤回误登的查询，仍可查看。 Take back an inquiry entered by mistake."""
        id = row(input.inquiry, KIND, "inquiry")
        await inquiries.void(act, id, reason=input.reason)
        return AuditCampaignInquiryPayload(row=id)
