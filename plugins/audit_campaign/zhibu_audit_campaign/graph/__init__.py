"""Audits in the schema."""

import strawberry

from zhibu.contributions import Graph
from zhibu_audit_campaign.graph.mutations import AuditCampaignMutation
from zhibu_audit_campaign.graph.plans import PlanQuery
from zhibu_audit_campaign.graph.queries import CampaignQuery
from zhibu_audit_campaign.graph.types import AuditCampaignStage


@strawberry.type
class AuditCampaignQuery(CampaignQuery, PlanQuery):
    """Everything that is asked of audits."""


GRAPH = Graph(query=AuditCampaignQuery, mutation=AuditCampaignMutation, types=(AuditCampaignStage,))
