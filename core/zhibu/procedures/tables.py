"""Tables of procedures: instances, their steps and documents, meetings and votes, and answers."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Moment, PathText, Sealed, TenantOwned


def _of(column: str, table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["tenant_id", column], [f"{table}.tenant_id", f"{table}.id"])


class Procedure(TenantOwned, Base):
    """Something proposed. `definition` is the one in force that day: it goes on under that one.

    `step` is where it stands, or where it goes back to. `single` holds the subject while no other
    one of its kind may be under way. What is in `sealed` stands nowhere else.
    """

    __tablename__ = "core_procedure"
    __table_args__ = (
        _of("organization_id", "core_organization"),
        _of("member_id", "core_member"),
        UniqueConstraint("tenant_id", "name", "single"),
        Index(None, "tenant_id", "path", "state"),
        Index(None, "tenant_id", "member_id"),
        Index(None, "tenant_id", "subject_id"),
    )

    name: Mapped[str]
    title: Mapped[str]
    statement: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID]
    member_id: Mapped[UUID | None]
    organization_id: Mapped[UUID]
    path: Mapped[str] = mapped_column(PathText)
    restricted: Mapped[bool]
    single: Mapped[UUID | None]
    definition: Mapped[dict[str, Any]] = mapped_column(JSON)
    since: Mapped[date]
    document: Mapped[str]
    article: Mapped[str]
    particulars: Mapped[dict[str, Any]] = mapped_column(JSON)
    sealed: Mapped[bytes | None] = mapped_column(Sealed)
    state: Mapped[str]
    step: Mapped[str | None]
    overridden: Mapped[bool]
    proposed_by: Mapped[UUID | None]
    proposer_id: Mapped[UUID | None]
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    proposed_on: Mapped[date]
    ended_on: Mapped[date | None]
    objection_until: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)


class ProcedureStep(TenantOwned, Base):
    """One time that a procedure was at a step; `done_at` is null while it is.

    `action` is what it took from whoever decided it this time (S4-28), `due_by` the parameter that
    said how long it may take.
    """

    __tablename__ = "core_procedure_step"
    __table_args__ = (
        _of("procedure_id", "core_procedure"),
        _of("organization_id", "core_organization"),
        UniqueConstraint("tenant_id", "procedure_id", "number"),
        Index(None, "tenant_id", "path", "due_on"),
    )

    procedure_id: Mapped[UUID]
    number: Mapped[int]
    code: Mapped[str]
    by: Mapped[str]
    action: Mapped[str]
    separate: Mapped[bool]
    organization_id: Mapped[UUID]
    path: Mapped[str] = mapped_column(PathText)
    started_on: Mapped[date]
    due_on: Mapped[date | None]
    due_by: Mapped[str | None]
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    done_on: Mapped[date | None]
    result: Mapped[str | None]
    reason: Mapped[str | None]
    superior: Mapped[str | None]
    decided_by: Mapped[UUID | None]
    decider_id: Mapped[UUID | None]
    on_behalf_of: Mapped[UUID | None]
    delegation_id: Mapped[UUID | None]


class ProcedureDocument(TenantOwned, Base):
    """A file that belongs to a procedure, as the kind that a step asks for."""

    __tablename__ = "core_procedure_document"
    __table_args__ = (
        _of("procedure_id", "core_procedure"),
        _of("attachment_id", "core_attachment"),
        UniqueConstraint(
            "tenant_id",
            "procedure_id",
            "kind",
            "attachment_id",
            name="uq_core_procedure_document_once",
        ),
    )

    procedure_id: Mapped[UUID]
    kind: Mapped[str]
    attachment_id: Mapped[UUID]
    added_by: Mapped[UUID | None]
    added_at: Mapped[datetime] = mapped_column(Moment)


class ProcedureSitting(TenantOwned, Base):
    """A meeting that votes on a step. Its counts are made when it closes, and only then."""

    __tablename__ = "core_procedure_sitting"
    __table_args__ = (
        _of("procedure_id", "core_procedure"),
        _of("step_id", "core_procedure_step"),
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
        _of("sitting_id", "core_procedure_sitting"),
        _of("member_id", "core_member"),
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
        _of("sitting_id", "core_procedure_sitting"),
        _of("member_id", "core_member"),
        UniqueConstraint("tenant_id", "sitting_id", "member_id"),
    )

    sitting_id: Mapped[UUID]
    member_id: Mapped[UUID]
    written: Mapped[bool]
    choice: Mapped[str | None]
    sealed: Mapped[bytes | None] = mapped_column(Sealed)
    cast_by: Mapped[UUID | None]
    cast_at: Mapped[datetime] = mapped_column(Moment)


class VoteLimit(TenantOwned, Base):
    """A member has no vote, or is not counted, from `since` until before `until`, and why."""

    __tablename__ = "core_vote_limit"
    __table_args__ = (
        _of("member_id", "core_member"),
        _of("procedure_id", "core_procedure"),
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


class ProcedureObjection(TenantOwned, Base):
    """What the member says against it, and the answer; `due_on` is when an answer is due."""

    __tablename__ = "core_procedure_objection"
    __table_args__ = (
        _of("procedure_id", "core_procedure"),
        _of("member_id", "core_member"),
        _of("organization_id", "core_organization"),
        Index(
            "uq_core_procedure_objection_open",
            "tenant_id",
            "procedure_id",
            unique=True,
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
        Index(None, "tenant_id", "procedure_id"),
    )

    procedure_id: Mapped[UUID]
    member_id: Mapped[UUID]
    reason: Mapped[str]
    made_by: Mapped[UUID | None]
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_on: Mapped[date]
    action: Mapped[str]
    organization_id: Mapped[UUID]
    path: Mapped[str] = mapped_column(PathText)
    due_on: Mapped[date | None]
    due_by: Mapped[str | None]
    answered_by: Mapped[UUID | None]
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_on: Mapped[date | None]
    answer: Mapped[str | None]
    upheld: Mapped[bool | None]


class ProcedureOverride(TenantOwned, Base):
    """A decision in a special case, without the steps: asked for by one, confirmed by another."""

    __tablename__ = "core_procedure_override"
    __table_args__ = (
        _of("procedure_id", "core_procedure"),
        _of("organization_id", "core_organization"),
        _of("attachment_id", "core_attachment"),
        Index(
            "uq_core_procedure_override_open",
            "tenant_id",
            "procedure_id",
            unique=True,
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
    )

    procedure_id: Mapped[UUID]
    action: Mapped[str]
    organization_id: Mapped[UUID]
    path: Mapped[str] = mapped_column(PathText)
    approves: Mapped[bool]
    reason: Mapped[str]
    attachment_id: Mapped[UUID]
    asked_by: Mapped[UUID | None]
    asker_id: Mapped[UUID | None]
    asked_at: Mapped[datetime] = mapped_column(Moment)
    settled_by: Mapped[UUID | None]
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    confirmed: Mapped[bool | None]


class Delegation(TenantOwned, Base):
    """Somebody acts in procedures for somebody else, at a place and below it, for a time."""

    __tablename__ = "core_procedure_delegation"
    __table_args__ = (
        _of("account_id", "core_account"),
        _of("to_account_id", "core_account"),
        _of("organization_id", "core_organization"),
        Index(None, "tenant_id", "to_account_id"),
        Index(None, "tenant_id", "account_id"),
    )

    account_id: Mapped[UUID]
    to_account_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    path: Mapped[str] = mapped_column(PathText)
    name: Mapped[str | None]
    since: Mapped[date]
    until: Mapped[date]
    reason: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    ended_on: Mapped[date | None]
