"""Everything that changes what is recorded of floating members."""

import strawberry

from zhibu_flow_members.graph.mutations.cards import CardMutation
from zhibu_flow_members.graph.mutations.cases import ArrivalMutation, CaseMutation
from zhibu_flow_members.graph.mutations.guests import GuestMutation
from zhibu_flow_members.graph.mutations.notes import NoteMutation
from zhibu_flow_members.graph.mutations.spot_checks import SpotCheckMutation
from zhibu_flow_members.graph.mutations.summaries import SummaryMutation


@strawberry.type
class FlowMembersMutation(
    CaseMutation,
    ArrivalMutation,
    GuestMutation,
    CardMutation,
    NoteMutation,
    SummaryMutation,
    SpotCheckMutation,
):
    """Everything that changes what is recorded of floating members."""
