"""Forms to print. Printing is an act: who printed which form, and what for, is in the ledger."""

from typing import Annotated, Any

import strawberry

from zhibu.graph.fields import resolved
from zhibu.graph.inputs import row
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.service.forms import giving

Info = strawberry.Info[Any]


@strawberry.type
class FormPages:
    @resolved("方案中的一张表，供打印；须写明用途。 A form of the plan, to print.", actions.READ)
    async def audit_campaign_form_page(
        self,
        info: Info,
        audited: Annotated[
            strawberry.ID, strawberry.argument(description="参加排查的党组织。 Whose form it is.")
        ],
        form: Annotated[
            str, strawberry.argument(description="表（方案中的代码）。 Which, by its code.")
        ],
        purpose: Annotated[
            str, strawberry.argument(description="用途，印在表上并记入台账。 What for.")
        ],
    ) -> str:
        async with info.context.act() as act:
            id = row(audited, "AuditCampaignAudited", "audited")
            return await giving.page(act, id, form, purpose=purpose)
