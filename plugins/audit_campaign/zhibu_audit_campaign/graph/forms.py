"""Forms of many branches at once, written by a job."""

import strawberry

from zhibu.act import Act
from zhibu.graph import Payload, mutation
from zhibu.graph.inputs import key, row, told
from zhibu.identifiers import global_id
from zhibu.reading import public
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.graph.work_inputs import AUDITED
from zhibu_audit_campaign.graph.work_mutations import OWN
from zhibu_audit_campaign.service.forms import writing


@strawberry.input(description="成批写出各支部的表。 Forms of all branches to be written.")
class AuditCampaignFormsWriteInput:
    audited: strawberry.ID = told(AUDITED)
    forms: list[str] = told("各表（方案中的代码）。 Which, by their codes in the plan.")
    purpose: str = told("用途，印在表上并记入台账。 What for.")
    idempotency_key: str | None = key()


@public(OWN)
@strawberry.type(description="成批写表的任务。 The job that writes forms.")
class AuditCampaignFormsPayload(Payload):
    job: strawberry.ID | None = strawberry.field(
        default=None,
        description="所排的任务；完成后由此取得文件。 The job, which will have the file.",
    )


@strawberry.type
class FormMutation:
    @mutation(permission=actions.READ)
    async def audit_campaign_forms_write(
        self, act: Act, input: AuditCampaignFormsWriteInput
    ) -> AuditCampaignFormsPayload:
        """写出以下各支部的表，一支部一个工作簿，在后台进行。 Forms of all branches, by a job."""
        id = row(input.audited, "AuditCampaignAudited", "audited")
        job = await writing.ask(act, id, input.forms, purpose=input.purpose)
        return AuditCampaignFormsPayload(job=strawberry.ID(global_id("Job", job)))
