"""What siblings may ask of scoring: that a decision of theirs moves points, or no longer does."""

from zhibu_scoring.rules.facts import Fact, FactKind
from zhibu_scoring.service.facts import tell, untell

__all__ = ["Fact", "FactKind", "tell", "untell"]
