"""A member's hours: credits, exemptions, standings and certificates."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Exact, Moment, TenantOwned
from zhibu_education.tables.places import MEMBER


class Credit(TenantOwned, Base):
    """Class hours of a member on a day, from a session or claimed with evidence.

    `counted` is what of `hours` counts towards the year by the rule in force on that day; only
    verified credits count. A correction leaves the old row, `superseded`, and points to it.
    `recorded_by` is an account, `recorder_id` the member behind it.
    """

    __tablename__ = "education_credit"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        ForeignKeyConstraint(
            ["tenant_id", "session_id"], ["education_session.tenant_id", "education_session.id"]
        ),
        ForeignKeyConstraint(
            ["tenant_id", "corrects_id"], ["education_credit.tenant_id", "education_credit.id"]
        ),
        ForeignKeyConstraint(
            ["tenant_id", "evidence_id"], ["core_attachment.tenant_id", "core_attachment.id"]
        ),
        Index(None, "tenant_id", "member_id", "year"),
        Index(None, "tenant_id", "session_id"),
    )

    member_id: Mapped[UUID]
    year: Mapped[int]
    earned_on: Mapped[date]
    title: Mapped[str]
    hours: Mapped[Decimal] = mapped_column(Exact)
    counted: Mapped[Decimal] = mapped_column(Exact)
    form: Mapped[str]
    kind: Mapped[str | None]
    topic: Mapped[str]
    channel: Mapped[str | None]
    origin: Mapped[str]
    state: Mapped[str]
    session_id: Mapped[UUID | None]
    corrects_id: Mapped[UUID | None]
    evidence_id: Mapped[UUID | None]
    evidence: Mapped[str | None]
    recorded_by: Mapped[UUID | None]
    recorder_id: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decision: Mapped[str | None]
    withdrawn_on: Mapped[date | None]
    withdrawn_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)


class Exemption(TenantOwned, Base):
    """A member who, elderly or ill, need not reach a year's hours, with the consent (EM-23)."""

    __tablename__ = "education_exemption"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index(None, "tenant_id", "member_id", "year"),
    )

    member_id: Mapped[UUID]
    year: Mapped[int]
    ground: Mapped[str]
    consent: Mapped[str]
    granted_on: Mapped[date]
    granted_by: Mapped[UUID | None]
    ended_on: Mapped[date | None]
    ended_reason: Mapped[str | None]


class Standing(Base):
    """Where a member stands in a year: derived from credits, posts, exemptions and parameters.

    Kept in the transaction of every act that changes it, rebuilt on demand, compared by `doctor`.
    """

    __tablename__ = "education_standing"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index(None, "tenant_id", "year", "member_id"),
    )

    tenant_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    required: Mapped[Decimal] = mapped_column(Exact)
    verified: Mapped[Decimal] = mapped_column(Exact)
    pending: Mapped[Decimal] = mapped_column(Exact)
    enrolled: Mapped[Decimal] = mapped_column(Exact)
    ground: Mapped[str]


class Certificate(TenantOwned, Base):
    """A numbered certificate of a year's completed training; a void one keeps its number.

    `uncovered_on` is the day since which fewer hours count than it says, or than are needed now,
    until it is voided, covered again, or kept: then for the numbers `kept_verified` and
    `kept_required`, and not for worse ones.
    """

    __tablename__ = "education_certificate"
    __table_args__ = (
        UniqueConstraint("tenant_id", "year", "serial"),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index(None, "tenant_id", "member_id", "year"),
    )

    member_id: Mapped[UUID]
    year: Mapped[int]
    serial: Mapped[int]
    hours: Mapped[Decimal] = mapped_column(Exact)
    issued_on: Mapped[date]
    voided_on: Mapped[date | None]
    void_reason: Mapped[str | None]
    uncovered_on: Mapped[date | None]
    kept_on: Mapped[date | None]
    kept_reason: Mapped[str | None]
    kept_verified: Mapped[Decimal | None] = mapped_column(Exact)
    kept_required: Mapped[Decimal | None] = mapped_column(Exact)
