"""What a unit does about its members, hears of them, and is reported by those who lead."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Moment, Sealed, TenantOwned
from zhibu_organization_life.tables.meetings import MEMBER, UNIT


class Matter(TenantOwned, Base):
    """An analysis, an inspection, an opinion, a report: what was told, and what came of it.

    Of a leader's reports `title` and `details` are empty, and `sealed` holds both.
    """

    __tablename__ = "organization_life_matter"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index("ix_organization_life_matter_unit", "tenant_id", "organization_id", "happened_on"),
        Index("ix_organization_life_matter_member", "tenant_id", "member_id"),
    )

    organization_id: Mapped[UUID]
    member_id: Mapped[UUID | None]
    kind: Mapped[str]
    channel: Mapped[str | None]
    title: Mapped[str]
    details: Mapped[str | None]
    sealed: Mapped[bytes | None] = mapped_column(Sealed)
    happened_on: Mapped[date]
    answer: Mapped[str | None]
    answered_on: Mapped[date | None]
    late_reason: Mapped[str | None]
    voided_on: Mapped[date | None]
    void_reason: Mapped[str | None]
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
