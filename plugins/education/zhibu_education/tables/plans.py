"""What an organization keeps for its training: plans, teachers, funds."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Exact, TenantOwned
from zhibu_education.tables.places import MEMBER, UNIT


class Plan(TenantOwned, Base):
    """An organization's training plan for a year (S2-29)."""

    __tablename__ = "education_plan"
    __table_args__ = (
        UniqueConstraint("tenant_id", "organization_id", "year"),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
    )

    organization_id: Mapped[UUID]
    year: Mapped[int]
    title: Mapped[str]
    aims: Mapped[str | None]
    published_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    withdrawn_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)


class PlanItem(TenantOwned, Base):
    """One intended session of a plan."""

    __tablename__ = "education_plan_item"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "plan_id"], ["education_plan.tenant_id", "education_plan.id"]
        ),
        Index(None, "tenant_id", "plan_id"),
    )

    plan_id: Mapped[UUID]
    month: Mapped[int]
    title: Mapped[str]
    form: Mapped[str]
    topic: Mapped[str]
    hours: Mapped[Decimal] = mapped_column(Exact)
    audience: Mapped[str | None]


class Teacher(TenantOwned, Base):
    """Somebody on the roster of full-time and part-time teachers (S2-30)."""

    __tablename__ = "education_teacher"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index(None, "tenant_id", "organization_id"),
        Index(None, "tenant_id", "member_id"),
    )

    organization_id: Mapped[UUID]
    member_id: Mapped[UUID | None]
    name: Mapped[str]
    full_time: Mapped[bool]
    title: Mapped[str | None]
    subjects: Mapped[str | None]
    since: Mapped[date]
    until: Mapped[date | None]


class Expense(TenantOwned, Base):
    """Training funds: what was earmarked for a year and what it was used for (S2-31).

    `category` is a word of the catalogue of purposes, `purpose` says it in words.
    """

    __tablename__ = "education_expense"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        ForeignKeyConstraint(
            ["tenant_id", "session_id"], ["education_session.tenant_id", "education_session.id"]
        ),
        Index(None, "tenant_id", "organization_id", "year"),
    )

    organization_id: Mapped[UUID]
    year: Mapped[int]
    kind: Mapped[str]
    on: Mapped[date]
    fen: Mapped[int] = mapped_column(BigInteger)
    purpose: Mapped[str]
    session_id: Mapped[UUID | None]
    category: Mapped[str | None]
    voided_on: Mapped[date | None]
    void_reason: Mapped[str | None]
