"""Poor work, criticized in a circular."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped

from zhibu.storage.tables import Base, TenantOwned
from zhibu_audit_campaign.tables.campaigns import CAMPAIGN, UNIT
from zhibu_audit_campaign.tables.sheets import AUDITED


class Circular(TenantOwned, Base):
    """What the level above circulates about an organization in an audit, and what that replies."""

    __tablename__ = "audit_campaign_circular"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "campaign_id"], CAMPAIGN),
        ForeignKeyConstraint(["tenant_id", "audited_id"], AUDITED),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        Index("ix_audit_circular_place", "tenant_id", "campaign_id", "organization_id"),
    )

    campaign_id: Mapped[UUID]
    audited_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    text: Mapped[str]
    document: Mapped[str | None]
    issued_on: Mapped[date]
    issued_by: Mapped[UUID | None]
    reply: Mapped[str | None]
    replied_on: Mapped[date | None]
    replied_by: Mapped[UUID | None]
    withdrawn_on: Mapped[date | None]
    withdraw_reason: Mapped[str | None]
