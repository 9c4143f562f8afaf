"""How members live, and what was paid to those in hardship."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Moment, Sealed, TenantOwned
from zhibu_organization_life.tables.meetings import MEMBER, UNIT


class Survey(TenantOwned, Base):
    """Somebody found out how a member lives; `sealed` holds family, health and wishes."""

    __tablename__ = "organization_life_survey"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index("ix_organization_life_survey_member", "tenant_id", "member_id", "surveyed_on"),
        Index("ix_organization_life_survey_unit", "tenant_id", "organization_id", "surveyed_on"),
    )

    organization_id: Mapped[UUID]
    member_id: Mapped[UUID]
    surveyed_on: Mapped[date]
    hardship: Mapped[bool]
    sealed: Mapped[bytes] = mapped_column(Sealed)
    late_reason: Mapped[str | None]
    voided_on: Mapped[date | None]
    void_reason: Mapped[str | None]
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class Relief(TenantOwned, Base):
    """Relief that was paid to a member, in fen, from which money and against which receipt."""

    __tablename__ = "organization_life_relief"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index("ix_organization_life_relief_member", "tenant_id", "member_id", "paid_on"),
        Index("ix_organization_life_relief_unit", "tenant_id", "organization_id", "paid_on"),
    )

    organization_id: Mapped[UUID]
    member_id: Mapped[UUID]
    paid_on: Mapped[date]
    fen: Mapped[int] = mapped_column(BigInteger)
    fund: Mapped[str]
    receipt: Mapped[str]
    note: Mapped[str | None]
    voided_on: Mapped[date | None]
    void_reason: Mapped[str | None]
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
