"""What is watched while an audit goes on."""

import strawberry

from zhibu.reading import figures
from zhibu_audit_campaign import actions
from zhibu_audit_campaign.graph.queries import Asked
from zhibu_audit_campaign.graph.verifying_types import AuditCampaignBoard
from zhibu_audit_campaign.reads import verifying


@strawberry.type
class AuditCampaignSubscription:
    @figures(verifying.Board, permission=actions.READ, on=("audit_campaign.",))
    def audit_campaign_board(
        self, campaign: Asked, organization: strawberry.ID
    ) -> AuditCampaignBoard:
        """排查进展，有变化即更新。 How far an audit is, here and below, whenever that changes."""
