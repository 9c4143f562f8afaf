"""What organizations do with dues: hand them over, publish them."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, TenantOwned
from zhibu_dues.tables.places import UNIT


class DuesHandover(TenantOwned, Base):
    """What an organization handed upward: what it held by a day, or a share of that.

    `passed_id` is the hand-over with which the organization above passed it on.
    """

    __tablename__ = "dues_handover"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        ForeignKeyConstraint(["tenant_id", "above_id"], UNIT),
        ForeignKeyConstraint(
            ["tenant_id", "passed_id"], ["dues_handover.tenant_id", "dues_handover.id"]
        ),
        Index(None, "tenant_id", "organization_id", "until"),
        Index(None, "tenant_id", "above_id"),
        Index(None, "tenant_id", "passed_id"),
    )

    organization_id: Mapped[UUID]
    above_id: Mapped[UUID]
    year: Mapped[int]
    until: Mapped[date]
    collected_fen: Mapped[int] = mapped_column(BigInteger)
    received_fen: Mapped[int] = mapped_column(BigInteger)
    percent: Mapped[int]
    fen: Mapped[int] = mapped_column(BigInteger)
    payments: Mapped[int]
    state: Mapped[str]
    handed_by: Mapped[UUID | None]
    handed_on: Mapped[date]
    received_by: Mapped[UUID | None]
    received_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    return_reason: Mapped[str | None]
    passed_id: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(default=1)


class DuesPublication(TenantOwned, Base):
    """The dues of a year as an organization published them."""

    __tablename__ = "dues_publication"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        Index(None, "tenant_id", "organization_id", "year"),
    )

    organization_id: Mapped[UUID]
    year: Mapped[int]
    place: Mapped[str]
    members: Mapped[int]
    paid_up: Mapped[int]
    owed_fen: Mapped[int] = mapped_column(BigInteger)
    collected_fen: Mapped[int] = mapped_column(BigInteger)
    handed_fen: Mapped[int] = mapped_column(BigInteger)
    published_by: Mapped[UUID | None]
    published_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
    withdraw_reason: Mapped[str | None]
