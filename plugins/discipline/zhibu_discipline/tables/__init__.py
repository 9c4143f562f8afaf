"""Tables of discipline."""

from zhibu.storage.tables import Base
from zhibu_discipline.tables.cases import DisciplineCase
from zhibu_discipline.tables.files import DisciplineFileCheck, DisciplineFileDocument
from zhibu_discipline.tables.referrals import DisciplineFollowUp, DisciplineReferral

METADATA = Base.metadata

__all__ = [
    "METADATA",
    "DisciplineCase",
    "DisciplineFileCheck",
    "DisciplineFileDocument",
    "DisciplineFollowUp",
    "DisciplineReferral",
]
