"""Tables of organizations."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, PathText, TenantOwned


class Organization(TenantOwned, Base):
    """A unit of the tree. `parent_id` is the truth, `path` its index; `ended_on` ends it."""

    __tablename__ = "core_organization"
    __table_args__ = (
        UniqueConstraint("tenant_id", "path"),
        UniqueConstraint("tenant_id", "code"),
        ForeignKeyConstraint(
            ["tenant_id", "parent_id"],
            ["core_organization.tenant_id", "core_organization.id"],
        ),
        ForeignKeyConstraint(
            ["tenant_id", "successor_id"],
            ["core_organization.tenant_id", "core_organization.id"],
        ),
        Index(None, "tenant_id", "parent_id"),
    )

    parent_id: Mapped[UUID | None]
    path: Mapped[str] = mapped_column(PathText)
    code: Mapped[str]
    name: Mapped[str]
    short_name: Mapped[str | None]
    kind: Mapped[str]
    approves_probationary: Mapped[bool] = mapped_column(default=False)
    founded_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    successor_id: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(default=1)


class OrganizationPeriod(TenantOwned, Base):
    """What an organization was called and where it stood, from `since` until before `until`."""

    __tablename__ = "core_organization_period"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id", "organization_id", "since", name="uq_core_organization_period_since"
        ),
        ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
        ),
        Index(None, "tenant_id", "path", "since"),
    )

    organization_id: Mapped[UUID]
    since: Mapped[date]
    until: Mapped[date | None]
    name: Mapped[str]
    kind: Mapped[str]
    parent_id: Mapped[UUID | None]
    path: Mapped[str] = mapped_column(PathText)
    change: Mapped[str]
    reason: Mapped[str | None]


class Post(TenantOwned, Base):
    """Somebody holds a post from `since` until before `until`; `term_ends_on` is when it is due."""

    __tablename__ = "core_post"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id",
            "organization_id",
            "member_id",
            "kind",
            "since",
            name="uq_core_post_holder",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
        ),
        ForeignKeyConstraint(
            ["tenant_id", "member_id"], ["core_member.tenant_id", "core_member.id"]
        ),
        Index(None, "tenant_id", "member_id"),
    )

    organization_id: Mapped[UUID]
    member_id: Mapped[UUID]
    kind: Mapped[str]
    since: Mapped[date]
    term_ends_on: Mapped[date | None]
    until: Mapped[date | None]
    reason: Mapped[str | None]
