"""What a member's dues are reckoned by, and the months that follow from it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Moment, TenantOwned
from zhibu_dues.tables.places import MEMBER


class DuesBase(TenantOwned, Base):
    """What a member's dues are reckoned by, from a month of a year on.

    `standard_since` and `basis` say by which rule `monthly_fen` was reckoned: it stays when the
    rule changes later.
    """

    __tablename__ = "dues_base"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index(None, "tenant_id", "member_id", "year"),
    )

    member_id: Mapped[UUID]
    year: Mapped[int]
    from_month: Mapped[int]
    income: Mapped[str]
    base_fen: Mapped[int | None] = mapped_column(BigInteger)
    chosen_fen: Mapped[int | None] = mapped_column(BigInteger)
    monthly_fen: Mapped[int] = mapped_column(BigInteger)
    standard_since: Mapped[date]
    basis: Mapped[str]
    reason: Mapped[str | None]
    state: Mapped[str]
    recorded_by: Mapped[UUID | None]
    recorder_id: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    confirmed_by: Mapped[UUID | None]
    confirmed_on: Mapped[date | None]
    voided_on: Mapped[date | None]
    void_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)


class DuesMonth(TenantOwned, Base):
    """What a member owes for a month and has paid, kept in step with everything it follows from.

    `streak` counts the open months in a row up to this one; it does not depend on a day, so that
    arrears are a comparison of `due_on` with today.
    """

    __tablename__ = "dues_month"
    __table_args__ = (
        UniqueConstraint("tenant_id", "member_id", "month", name="uq_dues_month_once"),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index(None, "tenant_id", "due_on", "member_id"),
    )

    member_id: Mapped[UUID]
    month: Mapped[date]
    year: Mapped[int]
    owed_fen: Mapped[int] = mapped_column(BigInteger)
    paid_fen: Mapped[int] = mapped_column(BigInteger)
    due_on: Mapped[date]
    ground: Mapped[str]
    settled_on: Mapped[date | None]
    streak: Mapped[int]
