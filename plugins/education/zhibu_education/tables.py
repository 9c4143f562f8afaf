"""Tables of education."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Exact, Moment, TenantOwned

MEMBER = ["core_member.tenant_id", "core_member.id"]
UNIT = ["core_organization.tenant_id", "core_organization.id"]
METADATA = Base.metadata


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


class Session(TenantOwned, Base):
    """A class, lecture, meeting or course: planned, held or cancelled.

    `kind` is the institution's own word for a kind of its form, `topic` and `channel` words of the
    catalogues in force on the day.
    """

    __tablename__ = "education_session"
    __table_args__ = (
        UniqueConstraint("tenant_id", "code"),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        ForeignKeyConstraint(
            ["tenant_id", "plan_item_id"],
            ["education_plan_item.tenant_id", "education_plan_item.id"],
        ),
        ForeignKeyConstraint(
            ["tenant_id", "teacher_id"], ["education_teacher.tenant_id", "education_teacher.id"]
        ),
        ForeignKeyConstraint(["tenant_id", "lecturer_id"], MEMBER),
        Index(None, "tenant_id", "organization_id", "held_on"),
        Index(None, "tenant_id", "lecturer_id", "held_on"),
    )

    organization_id: Mapped[UUID]
    plan_item_id: Mapped[UUID | None]
    code: Mapped[str]
    title: Mapped[str]
    held_on: Mapped[date]
    hours: Mapped[Decimal] = mapped_column(Exact)
    form: Mapped[str]
    kind: Mapped[str | None]
    topic: Mapped[str]
    channel: Mapped[str | None]
    place: Mapped[str | None]
    teacher_id: Mapped[UUID | None]
    teacher_name: Mapped[str | None]
    lecturer_id: Mapped[UUID | None]
    state: Mapped[str]
    late_reason: Mapped[str | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)


class Attendance(TenantOwned, Base):
    """A member's place in a session: enrolled, present, on leave or absent."""

    __tablename__ = "education_attendance"
    __table_args__ = (
        UniqueConstraint("tenant_id", "session_id", "member_id"),
        ForeignKeyConstraint(
            ["tenant_id", "session_id"], ["education_session.tenant_id", "education_session.id"]
        ),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index(None, "tenant_id", "member_id"),
    )

    session_id: Mapped[UUID]
    member_id: Mapped[UUID]
    state: Mapped[str]
    hours: Mapped[Decimal | None] = mapped_column(Exact)
    reason: Mapped[str | None]


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
    """A numbered certificate of a year's completed training; a void one keeps its number."""

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
