"""Tables of scoring. Points are exact; what takes them off is told by the part of its item."""

from zhibu_scoring.tables.entries import ScoringEntry, ScoringExemption
from zhibu_scoring.tables.facts import ScoringFact
from zhibu_scoring.tables.late import ScoringLateFact
from zhibu_scoring.tables.recorders import ScoringRecommendation
from zhibu_scoring.tables.years import (
    ScoringCheck,
    ScoringHelp,
    ScoringInspection,
    ScoringObjection,
    ScoringPublication,
    ScoringResult,
    ScoringYear,
)

METADATA = ScoringEntry.metadata

__all__ = [
    "METADATA",
    "ScoringCheck",
    "ScoringEntry",
    "ScoringExemption",
    "ScoringFact",
    "ScoringHelp",
    "ScoringInspection",
    "ScoringLateFact",
    "ScoringObjection",
    "ScoringPublication",
    "ScoringRecommendation",
    "ScoringResult",
    "ScoringYear",
]
