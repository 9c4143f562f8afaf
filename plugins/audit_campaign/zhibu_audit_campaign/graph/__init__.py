"""Audits in the schema."""

import strawberry

from zhibu.contributions import Graph
from zhibu_audit_campaign.graph.analyses import AnalysisMutation, AnalysisQuery
from zhibu_audit_campaign.graph.circulars import CircularMutation, CircularQuery
from zhibu_audit_campaign.graph.closing import ClosingQuery
from zhibu_audit_campaign.graph.forms import FormMutation
from zhibu_audit_campaign.graph.inquiries import InquiryMutation, InquiryQuery
from zhibu_audit_campaign.graph.mutations import CampaignMutation
from zhibu_audit_campaign.graph.pages import FormPages
from zhibu_audit_campaign.graph.plans import PlanQuery
from zhibu_audit_campaign.graph.queries import CampaignQuery
from zhibu_audit_campaign.graph.releases import ReleaseMutation, ReleaseQuery
from zhibu_audit_campaign.graph.searches import SearchMutation, SearchQuery
from zhibu_audit_campaign.graph.settling import SettlingMutation, SettlingQuery
from zhibu_audit_campaign.graph.sheets import AuditCampaignCheck
from zhibu_audit_campaign.graph.standing_in import StandingInMutation
from zhibu_audit_campaign.graph.types import AuditCampaignStage
from zhibu_audit_campaign.graph.verifying_mutations import VerifyingMutation
from zhibu_audit_campaign.graph.verifying_queries import VerifyingQuery
from zhibu_audit_campaign.graph.verifying_types import AuditCampaignSample, AuditCampaignVerified
from zhibu_audit_campaign.graph.watching import AuditCampaignSubscription
from zhibu_audit_campaign.graph.work_mutations import WorkMutation
from zhibu_audit_campaign.graph.work_queries import WorkQuery


@strawberry.type
class AuditCampaignQuery(
    CampaignQuery,
    PlanQuery,
    WorkQuery,
    SearchQuery,
    InquiryQuery,
    VerifyingQuery,
    SettlingQuery,
    FormPages,
    ClosingQuery,
    CircularQuery,
    AnalysisQuery,
    ReleaseQuery,
):
    """Everything that is asked of audits."""


@strawberry.type
class AuditCampaignMutation(
    CampaignMutation,
    WorkMutation,
    SearchMutation,
    InquiryMutation,
    StandingInMutation,
    VerifyingMutation,
    SettlingMutation,
    CircularMutation,
    AnalysisMutation,
    ReleaseMutation,
    FormMutation,
):
    """Everything that changes audits."""


GRAPH = Graph(
    query=AuditCampaignQuery,
    mutation=AuditCampaignMutation,
    subscription=AuditCampaignSubscription,
    types=(AuditCampaignStage, AuditCampaignCheck, AuditCampaignSample, AuditCampaignVerified),
)
