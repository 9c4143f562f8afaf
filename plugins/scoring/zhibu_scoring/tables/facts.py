"""What was decided about a member elsewhere, and moves his points."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped

from zhibu.storage.tables import Base, TenantOwned
from zhibu_scoring.tables.entries import MEMBER


class ScoringFact(TenantOwned, Base):
    """An honour, or a punishment, that somebody else decided: by which document, on which day.

    `source_kind` and `source_id` name the sibling's record it was told from, if it was.
    """

    __tablename__ = "scoring_fact"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index(None, "tenant_id", "member_id"),
        Index(None, "tenant_id", "source_id"),
    )

    member_id: Mapped[UUID]
    kind: Mapped[str]
    title: Mapped[str]
    document: Mapped[str]
    decided_on: Mapped[date]
    recorded_by: Mapped[UUID | None]
    recorder_id: Mapped[UUID | None]
    recorded_on: Mapped[date]
    voided_by: Mapped[UUID | None]
    voided_on: Mapped[date | None]
    void_reason: Mapped[str | None]
    source_kind: Mapped[str | None]
    source_id: Mapped[UUID | None]
