"""Reports on members away."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Moment, TenantOwned
from zhibu_flow_members.tables.cases import UNIT


class Summary(TenantOwned, Base):
    """What an organization reported of a half year, or of a year (`half` 0), as of `until`."""

    __tablename__ = "flow_members_summary"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id", "organization_id", "year", "half", name="uq_flow_members_summary_period"
        ),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        Index("ix_flow_members_summary_year", "tenant_id", "year", "half"),
    )

    organization_id: Mapped[UUID]
    year: Mapped[int]
    half: Mapped[int]
    since: Mapped[date]
    until: Mapped[date]
    away: Mapped[int]
    floating: Mapped[int]
    went: Mapped[int]
    ended: Mapped[int]
    letter: Mapped[int]
    certificate: Mapped[int]
    card: Mapped[int]
    untold: Mapped[int]
    silent: Mapped[int]
    unreported: Mapped[int]
    incoming: Mapped[int]
    missing: Mapped[int]
    note: Mapped[str | None]
    state: Mapped[str]
    submitted_on: Mapped[date]
    submitted_by: Mapped[UUID | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[UUID | None]
    return_reason: Mapped[str | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
