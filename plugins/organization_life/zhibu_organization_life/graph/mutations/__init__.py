"""Everything that changes what organization life records."""

import strawberry

from zhibu_organization_life.graph.mutations.appraisals import AppraisalMutation
from zhibu_organization_life.graph.mutations.engagements import EngagementMutation
from zhibu_organization_life.graph.mutations.meetings import MeetingMutation


@strawberry.type
class LifeMutation(MeetingMutation, AppraisalMutation, EngagementMutation):
    """Everything that changes what organization life records."""
