"""Writing the analyses that a plan asks for on its way, with the figures of the day."""

from uuid import UUID

from zhibu.act import Act
from zhibu.errors import refuse
from zhibu.identifiers import new_id
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.public import ANALYSED
from zhibu_audit_campaign.rules import analysing as rules
from zhibu_audit_campaign.service.events import AUDITED, said
from zhibu_audit_campaign.service.loading import audited_for
from zhibu_audit_campaign.service.plans import plan_copied
from zhibu_audit_campaign.store import analyses as store
from zhibu_audit_campaign.store import campaigns


async def write(act: Act, audited_id: UUID, report: str, *, text: str) -> UUID:
    """Write an analysis; its figures are those of the records now, and stay with it (S3B-17)."""
    known = await audited_for(act, audited_id, actions.REPORT)
    campaign = await campaigns.campaign(act.session, act.tenant_id, known.campaign_id)
    assert campaign is not None
    asked = rules.analyses(plan_copied(act, campaign, known.path), known.level)
    refuse(rules.writing_refusals(known, report, text, asked=asked))
    days = await store.last_days(act.session, act.tenant_id, known.campaign_id)
    id = new_id()
    values = {
        "id": id,
        "campaign_id": known.campaign_id,
        "audited_id": audited_id,
        "organization_id": known.organization_id,
        "report": report,
        "text": text.strip(),
        "figures": await store.figures(act.session, act.tenant_id, known),
        "due_on": days[asked[report].needs or ""],
        "written_on": act.today,
        "written_by": act.caller.account_id,
    }
    await store.add(act.session, act.tenant_id, values)
    said(act, ANALYSED, (AUDITED, audited_id), known.path, report=report)
    return id
