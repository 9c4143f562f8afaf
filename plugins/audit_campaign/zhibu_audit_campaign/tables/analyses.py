"""Analyses that a plan asks for on its way: a text, and the figures of the day."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, TenantOwned
from zhibu_audit_campaign.tables.campaigns import CAMPAIGN, UNIT
from zhibu_audit_campaign.tables.sheets import AUDITED


class Analysis(TenantOwned, Base):
    """An analysis as it was written; written anew, the earlier one stays. `report` is its code in
    the plan, `due_on` the last day of the stage that it sums up.
    """

    __tablename__ = "audit_campaign_analysis"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "campaign_id"], CAMPAIGN),
        ForeignKeyConstraint(["tenant_id", "audited_id"], AUDITED),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        Index("ix_audit_analysis_audited", "tenant_id", "audited_id"),
    )

    campaign_id: Mapped[UUID]
    audited_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    report: Mapped[str]
    text: Mapped[str]
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)
    due_on: Mapped[date]
    written_on: Mapped[date]
    written_by: Mapped[UUID | None]
