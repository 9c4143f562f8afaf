"""What falls due in audits: results by their stage, searches and answers by their own day."""

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
# Nobody is named: each look into the file of who is lost stands in the ledger.
SEARCHES = Due(
    name="audit_campaign.search",
    items=store.searches,
    subject="AuditCampaignSearch",
    permission=actions.SEARCH_READ,
    responsible=("branch_secretary", "committee_officer"),
    lead="audit_campaign.lead",
    escalation="audit_campaign.escalation",
    pursued="audit_campaign.pursued",
    basis="audit_campaign.search_limit",
)
# Nor is anybody named here.
INQUIRIES = Due(
    name="audit_campaign.inquiry",
    items=store.inquiries,
    subject="AuditCampaignInquiry",
    permission=actions.SEARCH_READ,
    responsible=("branch_secretary", "committee_officer", "district_organization_officer"),
    lead="audit_campaign.lead",
    escalation="audit_campaign.escalation",
    pursued="audit_campaign.pursued",
    basis="audit_campaign.inquiry_days",
)
PLANS = Due(
    name="audit_campaign.plan_review",
    items=store.plans,
    subject="AuditCampaignAudited",
    permission=actions.READ,
    responsible=("committee_officer", "district_organization_officer"),
    lead="audit_campaign.lead",
    escalation="audit_campaign.escalation",
    pursued="audit_campaign.pursued",
    basis="audit_campaign.plan_review",
)
DUES = [RESULTS, SEARCHES, INQUIRIES, PLANS]
