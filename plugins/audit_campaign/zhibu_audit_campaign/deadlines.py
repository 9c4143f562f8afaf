"""What falls due in audits: results, by the last day of their stage."""

from zhibu.contributions import Due
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.store import deadlines as store

RESULTS = Due(
    name="audit_campaign.results",
    items=store.results,
    subject="AuditCampaignAudited",
    permission=actions.READ,
    responsible=("branch_secretary", "committee_officer", "district_organization_officer"),
    lead="audit_campaign.lead",
    escalation="audit_campaign.escalation",
    pursued="audit_campaign.pursued",
    basis="audit_campaign.hand_up",
)
DUES = [RESULTS]
