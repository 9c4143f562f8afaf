"""What becomes of members who were checked."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, TenantOwned
from zhibu_audit_campaign.tables.campaigns import CAMPAIGN, UNIT
from zhibu_audit_campaign.tables.sheets import AUDITED, MEMBER, SHEET


class Settlement(TenantOwned, Base):
    """What becomes of a member: proposed by the table, decided by people, and carried out.

    `conditions` are the codes of what held, parted by spaces; `proposed` is the line of the table
    that came first, `clause` that of the line that was chosen. `once` is set until it is withdrawn.
    `matter` is the kind of what carries it out, and `matter_id` its id with the sibling.
    """

    __tablename__ = "audit_campaign_settlement"
    __table_args__ = (
        UniqueConstraint("tenant_id", "sheet_id", "once", name="uq_audit_settlement_once"),
        ForeignKeyConstraint(["tenant_id", "sheet_id"], SHEET),
        ForeignKeyConstraint(["tenant_id", "audited_id"], AUDITED),
        ForeignKeyConstraint(["tenant_id", "campaign_id"], CAMPAIGN),
        ForeignKeyConstraint(
            ["tenant_id", "organization_id"], UNIT, name="fk_audit_settlement_unit"
        ),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index("ix_audit_settlement_branch", "tenant_id", "campaign_id", "organization_id"),
        Index("ix_audit_settlement_member", "tenant_id", "member_id"),
    )

    sheet_id: Mapped[UUID]
    audited_id: Mapped[UUID]
    campaign_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    member_id: Mapped[UUID]
    course: Mapped[str]
    proposed: Mapped[str | None]
    clause: Mapped[str | None]
    document: Mapped[str | None]
    conditions: Mapped[str]
    reason: Mapped[str | None]
    body: Mapped[str]
    met_on: Mapped[date]
    state: Mapped[str]
    proposed_on: Mapped[date]
    proposed_by: Mapped[UUID | None]
    approved_on: Mapped[date | None]
    approved_by: Mapped[UUID | None]
    remark: Mapped[str | None]
    matter: Mapped[str | None]
    matter_id: Mapped[UUID | None]
    carried_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    withdraw_reason: Mapped[str | None]
    once: Mapped[bool | None]
    version: Mapped[int] = mapped_column(default=1)
