"""Talks with members: that there was one is a record, what was said is sealed."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Moment, Sealed, TenantOwned
from zhibu_organization_life.tables.meetings import MEMBER, UNIT


class Talk(TenantOwned, Base):
    """A talk with a member, at the branch he belonged to when it was recorded.

    `sealed` holds why, what was said and what was agreed; `followed` what came of it. Where that is
    no improvement, the branch studies by `handle_by` what is to be done, and `decision` says it.
    """

    __tablename__ = "organization_life_talk"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        ForeignKeyConstraint(
            ["tenant_id", "talker_id"], MEMBER, name="fk_organization_life_talker"
        ),
        Index("ix_organization_life_talk_member", "tenant_id", "member_id"),
        Index("ix_organization_life_talk_follow_up", "tenant_id", "follow_up_on"),
        Index("ix_organization_life_talk_handle_by", "tenant_id", "handle_by"),
        Index("ix_organization_life_talk_unit", "tenant_id", "organization_id", "talked_on"),
    )

    organization_id: Mapped[UUID]
    member_id: Mapped[UUID]
    talker_id: Mapped[UUID]
    kind: Mapped[str]
    ground: Mapped[str]
    dimension: Mapped[str | None]
    talked_on: Mapped[date]
    sealed: Mapped[bytes] = mapped_column(Sealed)
    follow_up_on: Mapped[date | None]
    followed_on: Mapped[date | None]
    followed: Mapped[bytes | None] = mapped_column(Sealed)
    improved: Mapped[bool | None]
    handle_by: Mapped[date | None]
    handled_on: Mapped[date | None]
    decision: Mapped[str | None]
    late_reason: Mapped[str | None]
    voided_on: Mapped[date | None]
    void_reason: Mapped[str | None]
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
