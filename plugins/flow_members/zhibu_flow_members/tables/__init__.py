"""Tables of floating members."""

from zhibu.storage.tables import Base
from zhibu_flow_members.tables.cases import Case

METADATA = Base.metadata

__all__ = ["METADATA", "Case"]
