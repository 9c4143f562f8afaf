"""Circulars on poor work: asking for them, issuing them, and replying."""

from datetime import date

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
from zhibu_audit_campaign.graph.work_inputs import AUDITED
from zhibu_audit_campaign.graph.work_mutations import OWN
from zhibu_audit_campaign.reads import sheets, verifying
from zhibu_audit_campaign.service import circulars

KIND = "AuditCampaignCircular"
OF = "通报。 The circular."


@entity(verifying.CIRCULAR, permission=actions.READ, path=path_of_organization)
@strawberry.type(description="工作不力的通报。 A circular on poor work.")
class AuditCampaignCircular(Node):
    text: str = column(description="通报内容。 What was poor.")
    document: str | None = column(description="文号。 Its number.")
    issued_on: date = column(description="通报日期。 When.")
    issued_by: str | None = expression(name_of("issued_by"), description="通报人。 Who.")
    reply: str | None = column(description="整改回复。 What is done about it.")
    replied_on: date | None = column(description="回复日期。 When.")
    replied_by: str | None = expression(name_of("replied_by"), description="回复人。 Who.")
    withdrawn_on: date | None = column(description="撤回日期。 When it was taken back.")
    withdraw_reason: str | None = column(description="撤回理由。 Why.")
    organization: OrganizationName = to_one(
        of("organization_id"), shown_with_parent=NAMES, description="被通报单位。 Whose work."
    )


@public(OWN)
@strawberry.type(description="通报变更的结果。 What became of a circular.")
class AuditCampaignCircularPayload(Payload):
    circular: AuditCampaignCircular | None = written(AuditCampaignCircular)


@strawberry.input(description="通报工作不力。 A circular to be issued.")
class AuditCampaignCircularIssueInput:
    audited: strawberry.ID = told(AUDITED)
    text: str = told("通报内容。 What was poor.")
    number: str | None = told("文号。 Its number.", None)
    idempotency_key: str | None = key()


@strawberry.input(description="回复通报。 A reply to a circular.")
class AuditCampaignCircularReplyInput:
    circular: strawberry.ID = told(OF)
    text: str = told("整改情况。 What is done about it.")
    idempotency_key: str | None = key()


@strawberry.input(description="撤回通报。 A circular to be taken back.")
class AuditCampaignCircularWithdrawInput:
    circular: strawberry.ID = told(OF)
    reason: str
    idempotency_key: str | None = key()


@strawberry.type
class CircularQuery:
    @connection(
        where=sheets.of_campaign, order=lambda row: [row.c.issued_on.desc(), row.c.id.desc()]
    )
    def audit_campaign_circulars(
        self,
        campaign: Asked,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
    ) -> Connection[AuditCampaignCircular]:
        """通报和回复，最近的在前。 Circulars on poor work, here and below, the latest first."""


@strawberry.type
class CircularMutation:
    @mutation(permission=actions.VERIFY)
    async def audit_campaign_circular_issue(
        self, act: Act, input: AuditCampaignCircularIssueInput
    ) -> AuditCampaignCircularPayload:
        """通报工作不力的下级。 Circulate what is poor about the work of an organization below."""
        id = row(input.audited, "AuditCampaignAudited", "audited")
        made = await circulars.issue(act, id, text=input.text, document=input.number)
        return AuditCampaignCircularPayload(row=made)

    @mutation(permission=actions.ASK)
    async def audit_campaign_circular_reply(
        self, act: Act, input: AuditCampaignCircularReplyInput
    ) -> AuditCampaignCircularPayload:
        """回复通报，说明整改情况。 Say what is done about it."""
        id = row(input.circular, KIND, "circular")
        await circulars.reply(act, id, text=input.text)
        return AuditCampaignCircularPayload(row=id)

    @mutation(permission=actions.VERIFY)
    async def audit_campaign_circular_withdraw(
        self, act: Act, input: AuditCampaignCircularWithdrawInput
    ) -> AuditCampaignCircularPayload:
        """撤回尚未回复的通报。 Take a circular back that nobody has replied to."""
        id = row(input.circular, KIND, "circular")
        await circulars.withdraw(act, id, reason=input.reason)
        return AuditCampaignCircularPayload(row=id)
