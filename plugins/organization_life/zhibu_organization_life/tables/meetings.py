"""Meetings, who attended them, minutes, and flexible arrangements."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Exact, Moment, TenantOwned

MEMBER = ["core_member.tenant_id", "core_member.id"]
UNIT = ["core_organization.tenant_id", "core_organization.id"]
MEETING = ["organization_life_meeting.tenant_id", "organization_life_meeting.id"]


class Meeting(TenantOwned, Base):
    """A meeting of a unit: planned, held or cancelled.

    `contents` are the codes of what a theme Party Day was filled with, parted by spaces. `hours`
    are the class hours that taking part is worth as study, nothing for a meeting that is none. Of
    the check-in code only its digest is kept.
    """

    __tablename__ = "organization_life_meeting"
    __table_args__ = (
        UniqueConstraint("tenant_id", "code"),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        ForeignKeyConstraint(["tenant_id", "chair_id"], MEMBER, name="fk_organization_life_chair"),
        ForeignKeyConstraint(
            ["tenant_id", "lecturer_id"], MEMBER, name="fk_organization_life_lecturer"
        ),
        Index(
            "ix_organization_life_meeting_held", "tenant_id", "organization_id", "kind", "held_on"
        ),
        Index("ix_organization_life_meeting_planned", "tenant_id", "state", "held_on"),
        Index("ix_organization_life_meeting_digest", "tenant_id", "code_digest"),
    )

    organization_id: Mapped[UUID]
    code: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    held_on: Mapped[date]
    begins: Mapped[str | None]
    place: Mapped[str | None]
    agenda: Mapped[str | None]
    contents: Mapped[str | None]
    hours: Mapped[Decimal | None] = mapped_column(Exact)
    chair_id: Mapped[UUID | None]
    lecturer_id: Mapped[UUID | None]
    lecturer_name: Mapped[str | None]
    state: Mapped[str]
    late_reason: Mapped[str | None]
    code_digest: Mapped[str | None]
    code_until: Mapped[datetime | None] = mapped_column(Moment)
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)


class Attendance(TenantOwned, Base):
    """A member's place at a meeting: invited, present, on leave or absent.

    `expected` says whether he should attend, by where he belonged on the day. `leave` is what
    became of the leave he asked for; who decided about it is an account.
    """

    __tablename__ = "organization_life_attendance"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id", "meeting_id", "member_id", name="uq_organization_life_attendance_once"
        ),
        ForeignKeyConstraint(["tenant_id", "meeting_id"], MEETING),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index("ix_organization_life_attendance_member", "tenant_id", "member_id"),
    )

    meeting_id: Mapped[UUID]
    member_id: Mapped[UUID]
    expected: Mapped[bool]
    state: Mapped[str]
    reason: Mapped[str | None]
    via: Mapped[str | None]
    leave: Mapped[str | None]
    leave_reason: Mapped[str | None]
    leave_answer: Mapped[str | None]
    decided_by: Mapped[UUID | None]
    marked_by: Mapped[UUID | None]
    marked_at: Mapped[datetime | None] = mapped_column(Moment)


class Minutes(TenantOwned, Base):
    """The minutes of a meeting as they read from `recorded_at` on; what they said before stays."""

    __tablename__ = "organization_life_minutes"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id", "meeting_id", "number", name="uq_organization_life_minutes_number"
        ),
        ForeignKeyConstraint(["tenant_id", "meeting_id"], MEETING),
    )

    meeting_id: Mapped[UUID]
    number: Mapped[int]
    text: Mapped[str]
    reason: Mapped[str | None]
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class Accommodation(TenantOwned, Base):
    """An elderly or ill member is held to no meeting from `since` until before `until` (S0-14).

    Nor is who is abroad, by an application of his own of `applied_on` (S3D-20). One that follows a
    relationship retained by a decision, `retained_id`, ends with the stay.
    """

    __tablename__ = "organization_life_accommodation"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index("ix_organization_life_accommodation_member", "tenant_id", "member_id"),
    )

    member_id: Mapped[UUID]
    ground: Mapped[str]
    arrangement: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    applied_on: Mapped[date | None]
    retained_id: Mapped[UUID | None]
    end_reason: Mapped[str | None]
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
