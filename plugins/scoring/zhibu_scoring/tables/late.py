"""What records came to say of a year after the branch had decided it."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Exact, TenantOwned
from zhibu_scoring.tables.entries import MEMBER
from zhibu_scoring.tables.years import YEAR


class ScoringLateFact(TenantOwned, Base):
    """Points that a record speaks of, or no longer speaks of (`reverses_id`), of a decided year.

    Nothing follows by itself. It is settled once the record says otherwise, once the points were
    proposed because the year was opened again, or once somebody left it as it is, with a reason.
    """

    __tablename__ = "scoring_late_fact"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id", "year_id", "member_id", "source", name="uq_scoring_late_fact_once"
        ),
        ForeignKeyConstraint(["tenant_id", "year_id"], YEAR),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index(None, "tenant_id", "member_id", "year"),
    )

    year_id: Mapped[UUID]
    member_id: Mapped[UUID]
    year: Mapped[int]
    source: Mapped[str]
    item: Mapped[str]
    name: Mapped[str]
    points: Mapped[Decimal] = mapped_column(Exact)
    happened_on: Mapped[date]
    description: Mapped[str]
    reverses_id: Mapped[UUID | None]
    noted_on: Mapped[date]
    settled_on: Mapped[date | None]
    settlement: Mapped[str | None]
    settled_by: Mapped[UUID | None]
    reason: Mapped[str | None]
