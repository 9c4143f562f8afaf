"""Sessions, and who was there."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Exact, Moment, TenantOwned
from zhibu_education.tables.places import MEMBER, UNIT


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
    withdrawn_on: Mapped[date | None]
    withdrawn_reason: Mapped[str | None]
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
