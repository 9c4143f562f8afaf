"""Somebody away, as the two sides see him."""

from zhibu_flow_members.graph.types.arrivals import FlowMembersArrival
from zhibu_flow_members.graph.types.cases import FlowMembersCase

__all__ = ["FlowMembersArrival", "FlowMembersCase"]
