"""Forms with people on them that somebody wants to give out, and who approves it."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped

from zhibu.storage.tables import Base, TenantOwned
from zhibu_audit_campaign.tables.campaigns import CAMPAIGN, UNIT
from zhibu_audit_campaign.tables.sheets import AUDITED


class Release(TenantOwned, Base):
    """A form of an organization in an audit that somebody asked for, for a purpose."""

    __tablename__ = "audit_campaign_release"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "campaign_id"], CAMPAIGN),
        ForeignKeyConstraint(["tenant_id", "audited_id"], AUDITED),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        Index("ix_audit_release_place", "tenant_id", "campaign_id", "organization_id"),
        Index("ix_audit_release_asked", "tenant_id", "audited_id", "asked_by"),
    )

    campaign_id: Mapped[UUID]
    audited_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    form: Mapped[str]
    purpose: Mapped[str]
    state: Mapped[str]
    asked_on: Mapped[date]
    asked_by: Mapped[UUID | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[UUID | None]
    reason: Mapped[str | None]
    carried_on: Mapped[date | None]
