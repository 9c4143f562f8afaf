"""Democratic appraisal: who is appraised, what was said, who voted, and what was decided."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Moment, Sealed, TenantOwned
from zhibu_organization_life.tables.meetings import MEETING, MEMBER, UNIT

APPRAISAL = ["organization_life_appraisal.tenant_id", "organization_life_appraisal.id"]


class Appraisal(TenantOwned, Base):
    """A branch's appraisal of a year, at its organization-life meeting.

    `round` counts those of the year: one that was cancelled stays, and another one may follow.
    """

    __tablename__ = "organization_life_appraisal"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id",
            "organization_id",
            "year",
            "round",
            name="uq_organization_life_appraisal_round",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "organization_id"], UNIT, name="fk_organization_life_appraisal_unit"
        ),
        ForeignKeyConstraint(["tenant_id", "meeting_id"], MEETING),
        Index("ix_organization_life_appraisal_meeting", "tenant_id", "meeting_id"),
    )

    organization_id: Mapped[UUID]
    year: Mapped[int]
    round: Mapped[int]
    meeting_id: Mapped[UUID]
    state: Mapped[str]
    entitled: Mapped[int | None]
    voted: Mapped[int | None]
    places: Mapped[int | None]
    places_basis: Mapped[str | None]
    published_on: Mapped[date | None]
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class Result(TenantOwned, Base):
    """A member in an appraisal: what he said of himself, how was voted, what was decided, and why.

    `graded` says whether he is to have a grade, by what he was on the day of the meeting.
    """

    __tablename__ = "organization_life_result"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id", "appraisal_id", "member_id", name="uq_organization_life_result_once"
        ),
        ForeignKeyConstraint(["tenant_id", "appraisal_id"], APPRAISAL),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index("ix_organization_life_result_member", "tenant_id", "member_id"),
    )

    appraisal_id: Mapped[UUID]
    member_id: Mapped[UUID]
    graded: Mapped[bool]
    self_text: Mapped[str | None]
    self_grade: Mapped[str | None]
    self_by: Mapped[UUID | None]
    self_at: Mapped[datetime | None] = mapped_column(Moment)
    excellent: Mapped[int | None]
    qualified: Mapped[int | None]
    basically_qualified: Mapped[int | None]
    unqualified: Mapped[int | None]
    suggested: Mapped[str | None]
    grade: Mapped[str | None]
    ground: Mapped[str | None]
    basis: Mapped[str | None]
    opinion: Mapped[str | None]
    reason: Mapped[str | None]
    decided_by: Mapped[UUID | None]
    decided_at: Mapped[datetime | None] = mapped_column(Moment)


class Statement(TenantOwned, Base):
    """A self-appraisal as it read before it was written anew; `reason` says why it was."""

    __tablename__ = "organization_life_statement"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "appraisal_id"], APPRAISAL),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index("ix_organization_life_statement_member", "tenant_id", "appraisal_id", "member_id"),
    )

    appraisal_id: Mapped[UUID]
    member_id: Mapped[UUID]
    text: Mapped[str]
    grade: Mapped[str | None]
    said_by: Mapped[UUID | None]
    said_at: Mapped[datetime | None] = mapped_column(Moment)
    reason: Mapped[str | None]
    replaced_by: Mapped[UUID | None]
    replaced_at: Mapped[datetime] = mapped_column(Moment)


class Remark(TenantOwned, Base):
    """What one member said of another (党员互评)."""

    __tablename__ = "organization_life_remark"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id",
            "appraisal_id",
            "member_id",
            "author_id",
            name="uq_organization_life_remark_once",
        ),
        ForeignKeyConstraint(["tenant_id", "appraisal_id"], APPRAISAL),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        ForeignKeyConstraint(
            ["tenant_id", "author_id"], MEMBER, name="fk_organization_life_remark_author"
        ),
        Index("ix_organization_life_remark_member", "tenant_id", "member_id"),
    )

    appraisal_id: Mapped[UUID]
    member_id: Mapped[UUID]
    author_id: Mapped[UUID]
    text: Mapped[str]
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class Ballot(TenantOwned, Base):
    """That somebody voted, once. How is sealed until the count, which then erases it.

    Who handed in a paper has a row as well; what stood on it came with the count.
    """

    __tablename__ = "organization_life_ballot"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id", "appraisal_id", "member_id", name="uq_organization_life_ballot_once"
        ),
        ForeignKeyConstraint(["tenant_id", "appraisal_id"], APPRAISAL),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
    )

    appraisal_id: Mapped[UUID]
    member_id: Mapped[UUID]
    sealed: Mapped[bytes | None] = mapped_column(Sealed)
    cast_at: Mapped[datetime] = mapped_column(Moment)
