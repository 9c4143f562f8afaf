"""Hand-overs to the discipline body, and help after a removal, in the schema."""

from zhibu_discipline.graph.referrals.mutations import DisciplineReferralMutation
from zhibu_discipline.graph.referrals.queries import DisciplineReferralQuery
from zhibu_discipline.graph.referrals.types import DisciplineReferral

__all__ = ["DisciplineReferral", "DisciplineReferralMutation", "DisciplineReferralQuery"]
