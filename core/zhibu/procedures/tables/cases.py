"""Procedures, their steps and documents."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.procedures.tables.keys import of
from zhibu.storage.tables import Base, Moment, PathText, Sealed, TenantOwned


class Procedure(TenantOwned, Base):
    """Something proposed. `definition` is the one in force that day: it goes on under that one.

    `step` is where it stands, or where it goes back to. `single` holds the subject while no other
    one of its kind may be under way. What is in `sealed` stands nowhere else.
    """

    __tablename__ = "core_procedure"
    __table_args__ = (
        of("organization_id", "core_organization"),
        of("member_id", "core_member"),
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
        of("procedure_id", "core_procedure"),
        of("organization_id", "core_organization"),
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


class ProcedureNamed(TenantOwned, Base):
    """A member whom a proposal names: a candidate, or a delegate, in the order given."""

    __tablename__ = "core_procedure_named"
    __table_args__ = (
        of("procedure_id", "core_procedure"),
        of("member_id", "core_member"),
        UniqueConstraint(
            "tenant_id",
            "procedure_id",
            "part",
            "member_id",
            name="uq_core_procedure_named_once",
        ),
    )

    procedure_id: Mapped[UUID]
    member_id: Mapped[UUID]
    part: Mapped[str]
    number: Mapped[int]


class ProcedureDocument(TenantOwned, Base):
    """A file that belongs to a procedure, as the kind that a step asks for."""

    __tablename__ = "core_procedure_document"
    __table_args__ = (
        of("procedure_id", "core_procedure"),
        of("attachment_id", "core_attachment"),
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
