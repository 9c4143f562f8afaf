"""Tables of discipline."""

from zhibu.storage.tables import Base
from zhibu_discipline.tables.cases import DisciplineCase
from zhibu_discipline.tables.referrals import DisciplineFollowUp, DisciplineReferral

METADATA = Base.metadata

__all__ = ["METADATA", "DisciplineCase", "DisciplineFollowUp", "DisciplineReferral"]
