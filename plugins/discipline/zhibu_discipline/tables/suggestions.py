"""What was noted elsewhere and suggests that somebody be looked into."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped

from zhibu.storage.tables import Base, TenantOwned
from zhibu_discipline.tables.cases import MEMBER


class DisciplineSuggestion(TenantOwned, Base):
    """That discipline be thought of, by a note on a stay away; withdrawn with the note."""

    __tablename__ = "discipline_suggestion"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index(None, "tenant_id", "member_id"),
        Index(None, "tenant_id", "note_id"),
    )

    member_id: Mapped[UUID]
    note_id: Mapped[UUID]
    noted_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
