"""Tables of floating members."""

from zhibu.storage.tables import Base
from zhibu_flow_members.tables.cards import Card, CardReview
from zhibu_flow_members.tables.cases import Case
from zhibu_flow_members.tables.guests import Guest, GuestNote
from zhibu_flow_members.tables.notes import Liaison, Note
from zhibu_flow_members.tables.spot_checks import SpotCheck, SpotUnit
from zhibu_flow_members.tables.summaries import Summary

METADATA = Base.metadata

__all__ = [
    "METADATA",
    "Card",
    "CardReview",
    "Case",
    "Guest",
    "GuestNote",
    "Liaison",
    "Note",
    "SpotCheck",
    "SpotUnit",
    "Summary",
]
