"""Yearly spot checks: the ranking that was, the seed, and what was found."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Moment, TenantOwned
from zhibu_flow_members.tables.cases import UNIT

CHECK = ["flow_members_spot_check.tenant_id", "flow_members_spot_check.id"]


class SpotCheck(TenantOwned, Base):
    """A draw of a year, and the seed by which it is drawn again."""

    __tablename__ = "flow_members_spot_check"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id", "organization_id", "year", name="uq_flow_members_spot_check_year"
        ),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
    )

    organization_id: Mapped[UUID]
    year: Mapped[int]
    seed: Mapped[str]
    count: Mapped[int]
    drawn_on: Mapped[date]
    drawn_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class SpotUnit(TenantOwned, Base):
    """A unit of a draw: its place in the ranking, whether it was drawn, and what was found."""

    __tablename__ = "flow_members_spot_unit"
    __table_args__ = (
        UniqueConstraint("tenant_id", "check_id", "rank", name="uq_flow_members_spot_unit_rank"),
        ForeignKeyConstraint(["tenant_id", "check_id"], CHECK),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        ForeignKeyConstraint(["tenant_id", "unit_id"], UNIT, name="fk_flow_members_spot_unit_unit"),
    )

    check_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    rank: Mapped[int]
    members: Mapped[int]
    drawn: Mapped[bool]
    checked_on: Mapped[date | None]
    result: Mapped[str | None]
