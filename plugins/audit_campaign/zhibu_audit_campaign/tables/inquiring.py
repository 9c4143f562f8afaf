"""What other bodies are asked about who is lost, and what they answer."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped

from zhibu.storage.tables import Base, TenantOwned
from zhibu_audit_campaign.tables.campaigns import CAMPAIGN, UNIT
from zhibu_audit_campaign.tables.sheets import AUDITED, MEMBER
from zhibu_audit_campaign.tables.work import SEARCH


class Inquiry(TenantOwned, Base):
    """A body was asked about who is lost; `body` is its code in the plan. What is void stays
    readable.
    """

    __tablename__ = "audit_campaign_inquiry"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "search_id"], SEARCH),
        ForeignKeyConstraint(["tenant_id", "audited_id"], AUDITED),
        ForeignKeyConstraint(["tenant_id", "campaign_id"], CAMPAIGN),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index("ix_audit_inquiry_search", "tenant_id", "search_id"),
        Index("ix_audit_inquiry_branch", "tenant_id", "campaign_id", "organization_id"),
        Index("ix_audit_inquiry_due", "tenant_id", "due_on"),
    )

    search_id: Mapped[UUID]
    audited_id: Mapped[UUID]
    campaign_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    member_id: Mapped[UUID]
    body: Mapped[str]
    text: Mapped[str]
    asked_on: Mapped[date]
    asked_by: Mapped[UUID | None]
    due_on: Mapped[date | None]
    answer: Mapped[str | None]
    answered_on: Mapped[date | None]
    answered_by: Mapped[UUID | None]
    voided_on: Mapped[date | None]
    void_reason: Mapped[str | None]
