"""Tables of members."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Moment, PathText, Sealed, TenantOwned


class Member(TenantOwned, Base):
    """One person. `organization_id` is the formal branch, `path` that branch's path.

    Both stay as they were last when the member has left. The identity number and the phone are
    sealed; `*_masked` is what lists show, `identity_index` finds an equal number without opening.
    """

    __tablename__ = "core_member"
    __table_args__ = (
        UniqueConstraint("tenant_id", "identity_index"),
        ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
        ),
        ForeignKeyConstraint(
            ["tenant_id", "group_id"],
            ["core_organization.tenant_id", "core_organization.id"],
        ),
        Index(None, "tenant_id", "path", "sort_name", "id"),
        Index(None, "tenant_id", "organization_id"),
        Index(None, "tenant_id", "sort_name", "id"),
    )

    organization_id: Mapped[UUID]
    group_id: Mapped[UUID | None]
    path: Mapped[str] = mapped_column(PathText)
    name: Mapped[str]
    sort_name: Mapped[str] = mapped_column(PathText)
    gender: Mapped[str]
    birth_date: Mapped[date]
    nation: Mapped[str | None]
    education: Mapped[str | None]
    kind: Mapped[str]
    stage: Mapped[str]
    admitted_on: Mapped[date]
    full_on: Mapped[date | None]
    departure: Mapped[str | None]
    left_on: Mapped[date | None]
    identity_sealed: Mapped[bytes] = mapped_column(Sealed)
    identity_index: Mapped[bytes]
    identity_masked: Mapped[str]
    phone_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    phone_masked: Mapped[str | None]
    note: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Affiliation(TenantOwned, Base):
    """The member's formal branch from `since` until before `until`; one of them is open."""

    __tablename__ = "core_affiliation"
    __table_args__ = (
        UniqueConstraint("tenant_id", "member_id", "since"),
        Index(
            "uq_core_affiliation_open",
            "tenant_id",
            "member_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
        ForeignKeyConstraint(
            ["tenant_id", "member_id"], ["core_member.tenant_id", "core_member.id"]
        ),
        ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
        ),
        Index(None, "tenant_id", "organization_id", "since"),
    )

    member_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    since: Mapped[date]
    until: Mapped[date | None]
    reason: Mapped[str | None]


class StagePeriod(TenantOwned, Base):
    """The stage of a membership from `since` until before `until`, and the decision behind it.

    `change` says what brought it about; a probation is due to end on `ends_on`.
    """

    __tablename__ = "core_member_stage"
    __table_args__ = (
        UniqueConstraint("tenant_id", "member_id", "since"),
        ForeignKeyConstraint(
            ["tenant_id", "member_id"], ["core_member.tenant_id", "core_member.id"]
        ),
    )

    member_id: Mapped[UUID]
    stage: Mapped[str]
    change: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    ends_on: Mapped[date | None]
    departure: Mapped[str | None]
    decision: Mapped[str]
    decided_on: Mapped[date]
