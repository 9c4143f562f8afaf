"""What siblings may tell scoring: what they recorded of a member, for points to rest on."""

from zhibu_scoring.rules.facts import Fact, FactKind
from zhibu_scoring.service.facts import SCORING, tell, untell, untold
from zhibu_scoring.service.terms import counting_years

__all__ = ["SCORING", "Fact", "FactKind", "counting_years", "tell", "untell", "untold"]
