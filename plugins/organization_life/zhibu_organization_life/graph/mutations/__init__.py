"""Everything that changes what organization life records."""

import strawberry

from zhibu_organization_life.graph.mutations.appraisals import AppraisalMutation
from zhibu_organization_life.graph.mutations.care import CareMutation
from zhibu_organization_life.graph.mutations.engagements import EngagementMutation
from zhibu_organization_life.graph.mutations.matters import MatterMutation
from zhibu_organization_life.graph.mutations.meetings import MeetingMutation
from zhibu_organization_life.graph.mutations.talks import TalkMutation


@strawberry.type
class LifeMutation(
    MeetingMutation,
    AppraisalMutation,
    EngagementMutation,
    TalkMutation,
    MatterMutation,
    CareMutation,
):
    """Everything that changes what organization life records."""
