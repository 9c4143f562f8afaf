"""The work group of a branch, its training, and its searches."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, TenantOwned
from zhibu_audit_campaign.tables.campaigns import CAMPAIGN, UNIT
from zhibu_audit_campaign.tables.sheets import AUDITED, MEMBER, SHEET

SEARCH = ["audit_campaign_search.tenant_id", "audit_campaign_search.id"]


class Worker(TenantOwned, Base):
    """Somebody in the work group, with what he does; `once` is set until he is out of it."""

    __tablename__ = "audit_campaign_worker"
    __table_args__ = (
        UniqueConstraint("tenant_id", "audited_id", "member_id", "once", name="uq_audit_worker"),
        ForeignKeyConstraint(["tenant_id", "audited_id"], AUDITED),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
    )

    audited_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    member_id: Mapped[UUID]
    duty: Mapped[str]
    contact: Mapped[str | None]
    since: Mapped[date]
    until: Mapped[date | None]
    reason: Mapped[str | None]
    once: Mapped[bool | None]


class Training(TenantOwned, Base):
    """The work group was trained; what is void stays readable."""

    __tablename__ = "audit_campaign_training"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "audited_id"], AUDITED),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        Index(None, "tenant_id", "audited_id"),
    )

    audited_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    held_on: Mapped[date]
    topics: Mapped[str]
    people: Mapped[int]
    recorded_by: Mapped[UUID | None]
    voided_on: Mapped[date | None]
    void_reason: Mapped[str | None]


class Search(TenantOwned, Base):
    """The file of who is lost, one for each person and audit."""

    __tablename__ = "audit_campaign_search"
    __table_args__ = (
        UniqueConstraint("tenant_id", "sheet_id"),
        ForeignKeyConstraint(["tenant_id", "sheet_id"], SHEET),
        ForeignKeyConstraint(["tenant_id", "audited_id"], AUDITED),
        ForeignKeyConstraint(["tenant_id", "campaign_id"], CAMPAIGN),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        ForeignKeyConstraint(
            ["tenant_id", "responsible_id"], MEMBER, name="fk_audit_search_responsible"
        ),
        Index("ix_audit_search_branch", "tenant_id", "campaign_id", "organization_id"),
        Index("ix_audit_search_due", "tenant_id", "due_on"),
    )

    sheet_id: Mapped[UUID]
    audited_id: Mapped[UUID]
    campaign_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    member_id: Mapped[UUID]
    responsible_id: Mapped[UUID]
    opened_on: Mapped[date]
    due_on: Mapped[date]
    outcome: Mapped[str]
    lost_since: Mapped[date | None]
    circumstances: Mapped[str | None]
    cause: Mapped[str | None]
    conduct: Mapped[str | None]
    concluded_on: Mapped[date | None]
    concluded_by: Mapped[UUID | None]
    reviewed_on: Mapped[date | None]
    reviewed_by: Mapped[UUID | None]
    review: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)


class Entry(TenantOwned, Base):
    """A step of a search; what is void stays readable."""

    __tablename__ = "audit_campaign_entry"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "search_id"], SEARCH),
        ForeignKeyConstraint(["tenant_id", "by_id"], MEMBER),
        Index(None, "tenant_id", "search_id", "happened_on"),
    )

    search_id: Mapped[UUID]
    happened_on: Mapped[date]
    method: Mapped[str]
    course: Mapped[str]
    by_id: Mapped[UUID]
    evidence: Mapped[str]
    evidence_note: Mapped[str]
    recorded_by: Mapped[UUID | None]
    voided_on: Mapped[date | None]
    void_reason: Mapped[str | None]
