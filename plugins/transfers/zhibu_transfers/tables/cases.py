"""Transfers, one row for each from its opening to its end."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Sealed, TenantOwned

MEMBER = ["core_member.tenant_id", "core_member.id"]
UNIT = ["core_organization.tenant_id", "core_organization.id"]


class TransfersCase(TenantOwned, Base):
    """Somebody who changes the organization that answers for him.

    `from_id` and `to_id` are branches of this institution, `elsewhere` the heading of an
    organization that is not; `batch_id` is the first transfer of those that a whole unit was
    transferred by. `committee_id` issues the letter, `receiver_id` the receipt. The days
    in `answer_by`, `receipt_by` and `settle_by` are those by which the next step is due.

    One between institutions is in both homes: `about` is its id at the sender's, `peer_code` the
    other institution, `peer_unit` the code that the sender addresses, `peer_branch` the branch on
    the other side. `person_sealed` is what the receiver enters into its register, until it did.
    """

    __tablename__ = "transfers_case"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        ForeignKeyConstraint(["tenant_id", "from_id"], UNIT),
        ForeignKeyConstraint(["tenant_id", "to_id"], UNIT),
        ForeignKeyConstraint(["tenant_id", "committee_id"], UNIT),
        ForeignKeyConstraint(["tenant_id", "receiver_id"], UNIT),
        ForeignKeyConstraint(["tenant_id", "escalated_id"], UNIT),
        UniqueConstraint("tenant_id", "peer_code", "about", name="uq_transfers_case_about"),
        Index(None, "tenant_id", "member_id"),
        Index(None, "tenant_id", "from_id", "state"),
        Index(None, "tenant_id", "to_id", "state"),
        Index(None, "tenant_id", "receipt_by"),
        Index(None, "tenant_id", "batch_id"),
        Index(None, "tenant_id", "receiver_id"),
    )

    kind: Mapped[str]
    state: Mapped[str]
    member_id: Mapped[UUID | None]
    name: Mapped[str]
    from_id: Mapped[UUID | None]
    to_id: Mapped[UUID | None]
    elsewhere: Mapped[str | None]
    address: Mapped[str | None]
    reason: Mapped[str]
    note: Mapped[str | None]
    suggested: Mapped[str | None]
    clause: Mapped[str | None]
    chosen: Mapped[str | None]
    otherwise: Mapped[str | None]
    committee_id: Mapped[UUID | None]
    receiver_id: Mapped[UUID | None]
    letter_number: Mapped[str | None]
    letter_until: Mapped[date | None]
    opened_by: Mapped[UUID | None]
    opened_on: Mapped[date]
    answer_by: Mapped[date | None]
    accepted_by: Mapped[UUID | None]
    accepted_on: Mapped[date | None]
    file_check: Mapped[str | None]
    file_note: Mapped[str | None]
    custodian: Mapped[str | None]
    refused_on: Mapped[date | None]
    cause: Mapped[str | None]
    refusal: Mapped[str | None]
    escalated_id: Mapped[UUID | None]
    settle_by: Mapped[date | None]
    receipt_by: Mapped[date | None]
    receipt_on: Mapped[date | None]
    means: Mapped[str | None]
    signer: Mapped[str | None]
    finding: Mapped[str | None]
    found: Mapped[str | None]
    proof: Mapped[str | None]
    found_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    withdraw_reason: Mapped[str | None]
    batch_id: Mapped[UUID | None]
    about: Mapped[UUID | None]
    peer_code: Mapped[str | None]
    peer_name: Mapped[str | None]
    peer_unit: Mapped[str | None]
    peer_branch: Mapped[str | None]
    paid_to: Mapped[date | None]
    person_sealed: Mapped[bytes | None] = mapped_column(Sealed)
    asked_on: Mapped[date | None]
    undelivered_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
