"""Checks of members' files, and what was found of each document."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, TenantOwned
from zhibu_discipline.tables.cases import MEMBER


class DisciplineFileCheck(TenantOwned, Base):
    """A check of a member's file; of each member the last one stands.

    `previous_id` is the check whose place it took. `missing` and `doubtful` count the documents
    that are not made good yet; `completed_on` is when none was left and somebody kept the file,
    which is known since `kept_on`.
    """

    __tablename__ = "discipline_file_check"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
        ),
        Index(None, "tenant_id", "member_id"),
        Index("ix_discipline_file_check_unit", "tenant_id", "organization_id", "state"),
        Index(None, "tenant_id", "repair_by"),
    )

    member_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    state: Mapped[str]
    checked_on: Mapped[date]
    checker: Mapped[str]
    evidence: Mapped[str]
    entered_by: Mapped[UUID | None]
    custody: Mapped[str | None]
    custodian: Mapped[str | None]
    compiled_on: Mapped[date | None]
    kept_on: Mapped[date | None]
    missing: Mapped[int]
    doubtful: Mapped[int]
    repair_by: Mapped[date | None]
    completed_on: Mapped[date | None]
    previous_id: Mapped[UUID | None]
    correction: Mapped[str | None]
    withdrawn_on: Mapped[date | None]
    withdrawn_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)


class DisciplineFileDocument(TenantOwned, Base):
    """How one document was found, and how it was made good; `asked` is whom it was asked of."""

    __tablename__ = "discipline_file_document"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "check_id"],
            ["discipline_file_check.tenant_id", "discipline_file_check.id"],
        ),
        Index(None, "tenant_id", "check_id"),
    )

    check_id: Mapped[UUID]
    position: Mapped[int]
    document: Mapped[str]
    name: Mapped[str]
    condition: Mapped[str]
    note: Mapped[str | None]
    asked: Mapped[str | None]
    repaired_on: Mapped[date | None]
    repair: Mapped[str | None]
    repaired_by: Mapped[UUID | None]
