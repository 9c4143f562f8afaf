"""What members take on: pledges, posts, service, links, letters, and care for them."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Exact, Moment, TenantOwned
from zhibu_organization_life.tables.meetings import MEMBER


class Engagement(TenantOwned, Base):
    """Something a member takes on, from `since`, perhaps until before `until`.

    `once` is set where a member has one of a kind and a year; what is void has none. `result` is
    what came of it, as somebody else says.
    """

    __tablename__ = "organization_life_engagement"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id", "member_id", "once", name="uq_organization_life_engagement_once"
        ),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index("ix_organization_life_engagement_kind", "tenant_id", "kind", "since"),
    )

    member_id: Mapped[UUID]
    kind: Mapped[str]
    title: Mapped[str]
    details: Mapped[str | None]
    since: Mapped[date]
    until: Mapped[date | None]
    hours: Mapped[Decimal | None] = mapped_column(Exact)
    once: Mapped[str | None]
    result: Mapped[str | None]
    fulfilled_on: Mapped[date | None]
    late_reason: Mapped[str | None]
    voided_on: Mapped[date | None]
    void_reason: Mapped[str | None]
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)
