"""Objections, decisions from above, and who stands in for whom."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.procedures.tables.keys import of
from zhibu.storage.tables import Base, Moment, PathText, TenantOwned


class ProcedureObjection(TenantOwned, Base):
    """What the member says against it, and the answer; `due_on` is when an answer is due."""

    __tablename__ = "core_procedure_objection"
    __table_args__ = (
        of("procedure_id", "core_procedure"),
        of("member_id", "core_member"),
        of("organization_id", "core_organization"),
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
        of("procedure_id", "core_procedure"),
        of("organization_id", "core_organization"),
        of("attachment_id", "core_attachment"),
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
        of("account_id", "core_account"),
        of("to_account_id", "core_account"),
        of("organization_id", "core_organization"),
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
