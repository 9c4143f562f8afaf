"""Letters of transfer, void ones too."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, TenantOwned
from zhibu_transfers.tables.cases import UNIT


class TransfersLetter(TenantOwned, Base):
    """A letter that a committee issued: its number of the year, what it says, what became of it."""

    __tablename__ = "transfers_letter"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "case_id"], ["transfers_case.tenant_id", "transfers_case.id"]
        ),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        ForeignKeyConstraint(
            ["tenant_id", "replaces_id"], ["transfers_letter.tenant_id", "transfers_letter.id"]
        ),
        UniqueConstraint(
            "tenant_id", "organization_id", "year", "serial", name="uq_transfers_letter_serial"
        ),
        Index(None, "tenant_id", "case_id"),
        Index(None, "tenant_id", "valid_until"),
    )

    case_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    year: Mapped[int]
    serial: Mapped[int]
    heading: Mapped[str]
    name: Mapped[str]
    route: Mapped[str]
    paid_to: Mapped[date]
    paid_to_reason: Mapped[str | None]
    issued_by: Mapped[UUID | None]
    issued_on: Mapped[date]
    days: Mapped[int]
    valid_until: Mapped[date]
    state: Mapped[str]
    ended_on: Mapped[date | None]
    cause: Mapped[str | None]
    fault: Mapped[str | None]
    void_reason: Mapped[str | None]
    replaces_id: Mapped[UUID | None]
    prints: Mapped[int] = mapped_column(default=0)
