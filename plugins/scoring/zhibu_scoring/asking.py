"""What siblings may tell scoring: what they recorded of a member, for points to rest on."""

from zhibu_scoring.rules.facts import Fact, FactKind
from zhibu_scoring.service.facts import SCORING, tell, untell, untold

__all__ = ["SCORING", "Fact", "FactKind", "tell", "untell", "untold"]
