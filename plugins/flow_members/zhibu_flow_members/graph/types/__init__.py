"""Somebody away, as the two sides see him."""

from zhibu_flow_members.graph.types.arrivals import FlowMembersArrival
from zhibu_flow_members.graph.types.cards import FlowMembersCard, FlowMembersCardReview
from zhibu_flow_members.graph.types.cases import FlowMembersCase
from zhibu_flow_members.graph.types.guests import FlowMembersGuest, FlowMembersGuestNote
from zhibu_flow_members.graph.types.notes import FlowMembersLiaison, FlowMembersNote
from zhibu_flow_members.graph.types.spot_checks import FlowMembersSpotCheck, FlowMembersSpotUnit
from zhibu_flow_members.graph.types.summaries import FlowMembersSummary

__all__ = [
    "FlowMembersArrival",
    "FlowMembersCard",
    "FlowMembersCardReview",
    "FlowMembersCase",
    "FlowMembersGuest",
    "FlowMembersGuestNote",
    "FlowMembersLiaison",
    "FlowMembersNote",
    "FlowMembersSpotCheck",
    "FlowMembersSpotUnit",
    "FlowMembersSummary",
]
