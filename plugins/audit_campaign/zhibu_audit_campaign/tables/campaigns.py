"""Audits and their stages."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKeyConstraint, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, TenantOwned

UNIT = ["core_organization.tenant_id", "core_organization.id"]
CAMPAIGN = ["audit_campaign_campaign.tenant_id", "audit_campaign_campaign.id"]


class Campaign(TenantOwned, Base):
    """A plan carried out in an organization and below; its list is made as of `as_of`.

    `lines` is the plan as it stood when it was opened: amended later, it changes nothing here.
    """

    __tablename__ = "audit_campaign_campaign"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        Index("ix_audit_campaign_place", "tenant_id", "organization_id", "plan"),
    )

    organization_id: Mapped[UUID]
    plan: Mapped[str]
    title: Mapped[str]
    document: Mapped[str | None]
    state: Mapped[str]
    as_of: Mapped[date]
    sheets: Mapped[int]
    opened_on: Mapped[date]
    opened_by: Mapped[UUID | None]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str | None]
    lines: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    version: Mapped[int] = mapped_column(default=1)


class Stage(TenantOwned, Base):
    """A stage of an audit: of which level, from which day to which."""

    __tablename__ = "audit_campaign_stage"
    __table_args__ = (
        UniqueConstraint("tenant_id", "campaign_id", "code"),
        ForeignKeyConstraint(["tenant_id", "campaign_id"], CAMPAIGN),
        Index(None, "tenant_id", "until"),
    )

    campaign_id: Mapped[UUID]
    place: Mapped[int]
    code: Mapped[str]
    level: Mapped[str]
    zh: Mapped[str]
    en: Mapped[str]
    clause: Mapped[str]
    needs: Mapped[str | None]
    hands_up: Mapped[bool] = mapped_column(server_default=false())
    reviews_plans: Mapped[bool] = mapped_column(server_default=false())
    since: Mapped[date]
    until: Mapped[date]
