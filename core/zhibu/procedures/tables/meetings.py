"""Meetings that vote: who should be there, who voted, and who has no vote."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.procedures.tables.keys import of
from zhibu.storage.tables import Base, Moment, PathText, Sealed, TenantOwned


class ProcedureSitting(TenantOwned, Base):
    """A meeting that votes on a step. Its counts are made when it closes, and only then."""

    __tablename__ = "core_procedure_sitting"
    __table_args__ = (
        of("procedure_id", "core_procedure"),
        of("step_id", "core_procedure_step"),
        Index(
            "uq_core_procedure_sitting_open",
            "tenant_id",
            "procedure_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(None, "tenant_id", "procedure_id"),
    )

    procedure_id: Mapped[UUID]
    step_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    path: Mapped[str] = mapped_column(PathText)
    profile: Mapped[str]
    to_fill: Mapped[int | None]
    held_on: Mapped[date]
    secret: Mapped[bool]
    opened_by: Mapped[UUID | None]
    opened_at: Mapped[datetime] = mapped_column(Moment)
    closed_by: Mapped[UUID | None]
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    on_paper: Mapped[bool]
    superior: Mapped[str | None]
    verdict: Mapped[str | None]
    entitled: Mapped[int | None]
    present: Mapped[int | None]
    yes: Mapped[int | None]
    no: Mapped[int | None]
    abstained: Mapped[int | None]
    spoiled: Mapped[int | None]
    written_yes: Mapped[int | None]
    written_no: Mapped[int | None]
    written_abstained: Mapped[int | None]
    needed_present: Mapped[int | None]
    needed_yes: Mapped[int | None]


class ProcedureSeat(TenantOwned, Base):
    """A member's place at a meeting: entitled unless there is a ground, and whether present."""

    __tablename__ = "core_procedure_seat"
    __table_args__ = (
        of("sitting_id", "core_procedure_sitting"),
        of("member_id", "core_member"),
        UniqueConstraint("tenant_id", "sitting_id", "member_id"),
    )

    sitting_id: Mapped[UUID]
    member_id: Mapped[UUID]
    ground: Mapped[str | None]
    present: Mapped[bool]


class ProcedureVote(TenantOwned, Base):
    """That somebody voted; once, whatever happens at the same time.

    In an open ballot `choice` says how. In a secret one it is sealed until the count, which then
    erases it: afterwards the meeting knows how many, and these rows know who.
    """

    __tablename__ = "core_procedure_vote"
    __table_args__ = (
        of("sitting_id", "core_procedure_sitting"),
        of("member_id", "core_member"),
        UniqueConstraint("tenant_id", "sitting_id", "member_id"),
    )

    sitting_id: Mapped[UUID]
    member_id: Mapped[UUID]
    written: Mapped[bool]
    choice: Mapped[str | None]
    sealed: Mapped[bytes | None] = mapped_column(Sealed)
    cast_by: Mapped[UUID | None]
    cast_at: Mapped[datetime] = mapped_column(Moment)


class ProcedureTally(TenantOwned, Base):
    """A name at a meeting that elects, in the order of the ballot, and what came of it.

    The numbers are made at the count; a name that ballots wrote in stands after the candidates.
    """

    __tablename__ = "core_procedure_tally"
    __table_args__ = (
        of("sitting_id", "core_procedure_sitting"),
        of("member_id", "core_member"),
        UniqueConstraint("tenant_id", "sitting_id", "member_id"),
    )

    sitting_id: Mapped[UUID]
    member_id: Mapped[UUID]
    number: Mapped[int]
    yes: Mapped[int | None]
    no: Mapped[int | None]
    abstained: Mapped[int | None]
    standing: Mapped[str | None]


class VoteLimit(TenantOwned, Base):
    """A member has no vote, or is not counted, from `since` until before `until`, and why."""

    __tablename__ = "core_vote_limit"
    __table_args__ = (
        of("member_id", "core_member"),
        of("procedure_id", "core_procedure"),
        Index(None, "tenant_id", "member_id"),
    )

    member_id: Mapped[UUID]
    ground: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    decision: Mapped[str]
    procedure_id: Mapped[UUID | None]
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
