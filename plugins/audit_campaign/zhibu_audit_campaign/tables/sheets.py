"""Whom an audit is about: the organizations that take part, and the members on its list."""

from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from zhibu.storage.tables import Base, TenantOwned
from zhibu_audit_campaign.tables.campaigns import CAMPAIGN, UNIT


class Audited(TenantOwned, Base):
    """An organization in an audit, on its level. `expected` are the members on its own list."""

    __tablename__ = "audit_campaign_audited"
    __table_args__ = (
        UniqueConstraint("tenant_id", "campaign_id", "organization_id", name="uq_audit_audited"),
        ForeignKeyConstraint(["tenant_id", "campaign_id"], CAMPAIGN),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        Index(None, "tenant_id", "organization_id"),
    )

    campaign_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    level: Mapped[str]
    expected: Mapped[int]


class Sheet(TenantOwned, Base):
    """A member on the list, in the branch and at the stage that were his on the day of the list."""

    __tablename__ = "audit_campaign_sheet"
    __table_args__ = (
        UniqueConstraint("tenant_id", "campaign_id", "member_id", name="uq_audit_sheet_member"),
        ForeignKeyConstraint(["tenant_id", "campaign_id"], CAMPAIGN),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        ForeignKeyConstraint(
            ["tenant_id", "member_id"], ["core_member.tenant_id", "core_member.id"]
        ),
        Index("ix_audit_sheet_branch", "tenant_id", "campaign_id", "organization_id"),
        Index("ix_audit_sheet_member", "tenant_id", "member_id"),
    )

    campaign_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    member_id: Mapped[UUID]
    ground: Mapped[str]
    stage: Mapped[str]
