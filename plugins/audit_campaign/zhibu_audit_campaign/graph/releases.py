"""Releases of forms with people on them: asking for one, approving, refusing, taking back."""

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
from zhibu_audit_campaign.graph.words import Released
from zhibu_audit_campaign.graph.work_inputs import AUDITED
from zhibu_audit_campaign.graph.work_mutations import OWN
from zhibu_audit_campaign.reads import sheets, verifying
from zhibu_audit_campaign.service import releases

KIND = "AuditCampaignRelease"
OF = "导出申请。 The release."


@entity(verifying.RELEASE, permission=actions.READ, path=path_of_organization)
@strawberry.type(description="导出或打印名册的申请。 That a form with people on it is given out.")
class AuditCampaignRelease(Node):
    form: str = column(description="表（方案中的代码）。 Which, by its code in the plan.")
    purpose: str = column(description="用途。 What for.")
    state: Released = column(description="进展。 Where it stands.")
    asked_on: date = column(description="申请日期。 When.")
    asked_by: str | None = expression(name_of("asked_by"), description="申请人。 Who asked.")
    decided_on: date | None = column(description="审批日期。 When it was decided.")
    decided_by: str | None = expression(name_of("decided_by"), description="审批人。 Who decided.")
    reason: str | None = column(description="不同意或撤回的理由。 Why not.")
    carried_on: date | None = column(description="导出日期。 When it was given out.")
    organization: OrganizationName = to_one(
        of("organization_id"), shown_with_parent=NAMES, description="党组织。 Whose form."
    )


@public(OWN)
@strawberry.type(description="导出申请变更的结果。 What became of a release.")
class AuditCampaignReleasePayload(Payload):
    release: AuditCampaignRelease | None = written(AuditCampaignRelease)


@strawberry.input(description="申请导出或打印名册。 A form to be given out.")
class AuditCampaignReleaseAskInput:
    audited: strawberry.ID = told(AUDITED)
    form: str = told("表（方案中的代码）。 Which, by its code in the plan.")
    purpose: str = told("用途，导出时须一致。 What for, as it is said again then.")
    idempotency_key: str | None = key()


@strawberry.input(description="同意导出。 A release to be approved.")
class AuditCampaignReleaseApproveInput:
    release: strawberry.ID = told(OF)
    idempotency_key: str | None = key()


@strawberry.input(description="不同意导出。 A release to be refused.")
class AuditCampaignReleaseRefuseInput:
    release: strawberry.ID = told(OF)
    reason: str
    idempotency_key: str | None = key()


@strawberry.input(description="撤回导出申请。 A release to be taken back.")
class AuditCampaignReleaseWithdrawInput:
    release: strawberry.ID = told(OF)
    reason: str
    idempotency_key: str | None = key()


def _stands(row: Any, args: Any, env: Any) -> Any:
    """Whether it stands as was asked."""
    return row.c.state == args.bind("state")


@strawberry.type
class ReleaseQuery:
    @connection(
        where=sheets.of_campaign,
        order=lambda row: [row.c.asked_on.desc(), row.c.id.desc()],
        filters={"state": _stands},
    )
    def audit_campaign_releases(
        self,
        campaign: Asked,
        organization: strawberry.ID,
        first: int,
        after: str | None = None,
        offset: int | None = None,
        state: Annotated[
            Released | None,
            strawberry.argument(description="只看这样的。 Only those that stand so."),
        ] = None,
    ) -> Connection[AuditCampaignRelease]:
        """导出申请，最近的在前。 Releases of forms, the latest first."""


@strawberry.type
class ReleaseMutation:
    @mutation(permission=actions.READ)
    async def audit_campaign_release_ask(
        self, act: Act, input: AuditCampaignReleaseAskInput
    ) -> AuditCampaignReleasePayload:
        """申请导出或打印一张名册，由他人审批。 Ask that a form be given out, for a purpose."""
        id = row(input.audited, "AuditCampaignAudited", "audited")
        made = await releases.ask(act, id, input.form, purpose=input.purpose)
        return AuditCampaignReleasePayload(row=made)

    @mutation(permission=actions.RELEASE)
    async def audit_campaign_release_approve(
        self, act: Act, input: AuditCampaignReleaseApproveInput
    ) -> AuditCampaignReleasePayload:
        """同意导出，首次导出的当日可重复导出。 Let it be given out, on one day."""
        id = row(input.release, KIND, "release")
        await releases.approve(act, id)
        return AuditCampaignReleasePayload(row=id)

    @mutation(permission=actions.RELEASE)
    async def audit_campaign_release_refuse(
        self, act: Act, input: AuditCampaignReleaseRefuseInput
    ) -> AuditCampaignReleasePayload:
        """不同意导出，须说明理由。 Let it not be given out, with a reason."""
        id = row(input.release, KIND, "release")
        await releases.refuse_one(act, id, reason=input.reason)
        return AuditCampaignReleasePayload(row=id)

    @mutation(permission=actions.READ)
    async def audit_campaign_release_withdraw(
        self, act: Act, input: AuditCampaignReleaseWithdrawInput
    ) -> AuditCampaignReleasePayload:
        """撤回尚未导出的申请或审批。 Take back what was not given out yet."""
        id = row(input.release, KIND, "release")
        await releases.withdraw(act, id, reason=input.reason)
        return AuditCampaignReleasePayload(row=id)
