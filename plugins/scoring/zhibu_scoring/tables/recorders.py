"""That a branch recommended whom it lets record, or supervise."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped

from zhibu.storage.tables import Base, TenantOwned
from zhibu_scoring.tables.entries import MEMBER
from zhibu_scoring.tables.years import UNIT

POST = ["core_post.tenant_id", "core_post.id"]


class ScoringRecommendation(TenantOwned, Base):
    """The democratic recommendation of whoever holds a post of the branch (S4-27).

    The core's post says who records, and from when; this says that the branch wanted him.
    """

    __tablename__ = "scoring_recommendation"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "post_id"], POST),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index(None, "tenant_id", "post_id"),
        Index(None, "tenant_id", "organization_id"),
    )

    post_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    member_id: Mapped[UUID]
    held_on: Mapped[date]
    entitled: Mapped[int]
    present: Mapped[int]
    in_favour: Mapped[int]
    document: Mapped[str | None]
    roll_reason: Mapped[str | None]
    entered_by: Mapped[UUID | None]
    entered_on: Mapped[date]
    withdrawn_by: Mapped[UUID | None]
    withdrawn_on: Mapped[date | None]
    withdrawn_reason: Mapped[str | None]
