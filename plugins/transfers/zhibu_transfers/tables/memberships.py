"""Decisions about a membership: asked for, granted or not; searches, and contact abroad."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Moment, TenantOwned
from zhibu_transfers.tables.cases import MEMBER, UNIT

MATTER = ["transfers_membership.tenant_id", "transfers_membership.id"]


class TransfersMembership(TenantOwned, Base):
    """A membership to be stopped, restored or retained, as the branch `organization_id` asked.

    `since` is when the stay abroad, or the silence, began. The register says whether a stop of
    `effective_on` still holds. `custodian_id` keeps relationship and file of who settled abroad;
    on `review_on` treating a stopped membership as given up is suggested, and stopping one that is
    retained. For a retained one the member applied on paper on `applied_on`, if not here; he is
    expected back by `until` and asked after by `contact_by`; it ends on `returned_on`.
    """

    __tablename__ = "transfers_membership"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        ForeignKeyConstraint(["tenant_id", "custodian_id"], UNIT),
        UniqueConstraint("tenant_id", "procedure_id", name="uq_transfers_membership_procedure"),
        Index(None, "tenant_id", "member_id"),
        Index(None, "tenant_id", "organization_id"),
        Index(None, "tenant_id", "contact_by"),
    )

    matter: Mapped[str]
    standing: Mapped[str]
    member_id: Mapped[UUID]
    name: Mapped[str]
    organization_id: Mapped[UUID]
    procedure_id: Mapped[UUID]
    ground: Mapped[str | None]
    purpose: Mapped[str | None]
    place: Mapped[str | None]
    reason: Mapped[str]
    since: Mapped[date | None]
    asked_by: Mapped[UUID | None]
    asked_on: Mapped[date]
    effective_on: Mapped[date | None]
    filed_on: Mapped[date | None]
    review_on: Mapped[date | None]
    decision: Mapped[str | None]
    custodian_id: Mapped[UUID | None]
    custody_on: Mapped[date | None]
    custody_note: Mapped[str | None]
    late_reason: Mapped[str | None]
    applied_on: Mapped[date | None]
    until: Mapped[date | None]
    contact_by: Mapped[date | None]
    returned_on: Mapped[date | None]
    return_note: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)


class TransfersSearch(TenantOwned, Base):
    """One try to find a member who is out of contact."""

    __tablename__ = "transfers_search"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "membership_id"], MATTER),
        Index(None, "tenant_id", "membership_id"),
    )

    membership_id: Mapped[UUID]
    searched_on: Mapped[date]
    means: Mapped[str]
    course: Mapped[str]
    responsible: Mapped[str]


class TransfersContact(TenantOwned, Base):
    """Contact with a member who is abroad and whose relationship is retained."""

    __tablename__ = "transfers_contact"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "membership_id"], MATTER),
        Index(None, "tenant_id", "membership_id"),
    )

    membership_id: Mapped[UUID]
    contacted_on: Mapped[date]
    channel: Mapped[str]
    text: Mapped[str]
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    voided_on: Mapped[date | None]
    void_reason: Mapped[str | None]
