"""Less dues, dues by the quarter, and long arrears."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, TenantOwned
from zhibu_dues.tables.places import MEMBER


class DuesReduction(TenantOwned, Base):
    """Less dues, or none, as a procedure decided: from a month until before another."""

    __tablename__ = "dues_reduction"
    __table_args__ = (
        UniqueConstraint("tenant_id", "procedure_id", name="uq_dues_reduction_procedure"),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index(None, "tenant_id", "member_id"),
    )

    member_id: Mapped[UUID]
    since: Mapped[date]
    until: Mapped[date]
    fen: Mapped[int] = mapped_column(BigInteger)
    procedure_id: Mapped[UUID]
    decision: Mapped[str]
    decided_on: Mapped[date]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str | None]


class DuesQuarterly(TenantOwned, Base):
    """The branch's consent to a member's paying by the quarter."""

    __tablename__ = "dues_quarterly"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index(None, "tenant_id", "member_id"),
    )

    member_id: Mapped[UUID]
    since: Mapped[date]
    until: Mapped[date | None]
    reason: Mapped[str]
    granted_by: Mapped[UUID | None]
    granted_on: Mapped[date]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str | None]


class DuesArrears(TenantOwned, Base):
    """A number of months without dues that was reached, and what somebody found out about it."""

    __tablename__ = "dues_arrears"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index(None, "tenant_id", "member_id", "level"),
        Index(None, "tenant_id", "reached_on"),
    )

    member_id: Mapped[UUID]
    level: Mapped[int]
    month: Mapped[date]
    owed_fen: Mapped[int] = mapped_column(BigInteger)
    reached_on: Mapped[date]
    asks: Mapped[bool]
    settled_on: Mapped[date | None]
    finding: Mapped[str | None]
    answer: Mapped[str | None]
    answered_by: Mapped[UUID | None]
    answered_on: Mapped[date | None]
