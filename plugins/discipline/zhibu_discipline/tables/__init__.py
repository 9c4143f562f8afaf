"""Tables of discipline."""

from zhibu.storage.tables import Base
from zhibu_discipline.tables.cases import DisciplineCase

METADATA = Base.metadata

__all__ = ["METADATA", "DisciplineCase"]
