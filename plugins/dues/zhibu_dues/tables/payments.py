"""What was paid, and for which months."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Moment, TenantOwned
from zhibu_dues.tables.places import MEMBER, UNIT


class DuesPayment(TenantOwned, Base):
    """Dues that an organization collected from a member. A void one stays readable.

    `late_months` are those that were paid after their day; `serial` numbers the receipts of the
    organization within a year.
    """

    __tablename__ = "dues_payment"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id", "organization_id", "year", "serial", name="uq_dues_payment_serial"
        ),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        ForeignKeyConstraint(["tenant_id", "payer_member_id"], MEMBER),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        ForeignKeyConstraint(
            ["tenant_id", "corrects_id"], ["dues_payment.tenant_id", "dues_payment.id"]
        ),
        ForeignKeyConstraint(
            ["tenant_id", "handover_id"], ["dues_handover.tenant_id", "dues_handover.id"]
        ),
        Index(None, "tenant_id", "member_id", "paid_on"),
        Index(None, "tenant_id", "organization_id", "paid_on"),
        Index(None, "tenant_id", "handover_id"),
        Index(None, "tenant_id", "payer_member_id"),
    )

    member_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    year: Mapped[int]
    serial: Mapped[int]
    first_month: Mapped[date]
    last_month: Mapped[date]
    paid_on: Mapped[date]
    fen: Mapped[int] = mapped_column(BigInteger)
    voluntary_fen: Mapped[int] = mapped_column(BigInteger)
    late_months: Mapped[int]
    payer: Mapped[str]
    payer_name: Mapped[str | None]
    payer_member_id: Mapped[UUID | None]
    means: Mapped[str]
    late_reason: Mapped[str | None]
    approval: Mapped[str | None]
    entry_reason: Mapped[str | None]
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    handover_id: Mapped[UUID | None]
    corrects_id: Mapped[UUID | None]
    voided_on: Mapped[date | None]
    void_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)


class DuesShare(TenantOwned, Base):
    """What of a payment went to which month; gone when the payment is void."""

    __tablename__ = "dues_share"
    __table_args__ = (
        UniqueConstraint("tenant_id", "payment_id", "month", name="uq_dues_share_once"),
        ForeignKeyConstraint(
            ["tenant_id", "payment_id"], ["dues_payment.tenant_id", "dues_payment.id"]
        ),
        Index(None, "tenant_id", "member_id", "month"),
    )

    payment_id: Mapped[UUID]
    member_id: Mapped[UUID]
    month: Mapped[date]
    fen: Mapped[int] = mapped_column(BigInteger)
