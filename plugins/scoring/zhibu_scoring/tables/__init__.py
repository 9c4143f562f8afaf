"""Tables of scoring. Points are exact; what takes them off is told by the part of its item."""

from zhibu_scoring.tables.entries import ScoringEntry, ScoringExemption
from zhibu_scoring.tables.facts import ScoringFact

METADATA = ScoringEntry.metadata

__all__ = ["METADATA", "ScoringEntry", "ScoringExemption", "ScoringFact"]
