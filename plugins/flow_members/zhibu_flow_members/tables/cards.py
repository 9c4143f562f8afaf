"""Activity cards, and their yearly reviews."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Moment, TenantOwned
from zhibu_flow_members.tables.cases import MEMBER

CASE = ["flow_members_case.tenant_id", "flow_members_case.id"]
FILE = ["core_attachment.tenant_id", "core_attachment.id"]
CARD = ["flow_members_card.tenant_id", "flow_members_card.id"]


class Card(TenantOwned, Base):
    """A card for a member away; `once` is set while it holds, so that nobody has two."""

    __tablename__ = "flow_members_card"
    __table_args__ = (
        UniqueConstraint("tenant_id", "serial", name="uq_flow_members_card_serial"),
        UniqueConstraint("tenant_id", "member_id", "once", name="uq_flow_members_card_once"),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        ForeignKeyConstraint(["tenant_id", "case_id"], CASE),
        ForeignKeyConstraint(["tenant_id", "photo_id"], FILE, name="fk_flow_members_card_photo"),
        Index("ix_flow_members_card_case", "tenant_id", "case_id"),
        Index("ix_flow_members_card_photo", "tenant_id", "photo_id"),
    )

    member_id: Mapped[UUID]
    case_id: Mapped[UUID]
    serial: Mapped[int]
    once: Mapped[str | None]
    stamped_on: Mapped[date]
    stamped_by: Mapped[UUID | None]
    issued_on: Mapped[date | None]
    issued_by: Mapped[UUID | None]
    ended_on: Mapped[date | None]
    ending: Mapped[str | None]
    end_reason: Mapped[str | None]
    photo_id: Mapped[UUID | None]


class CardReview(TenantOwned, Base):
    """What the review of a card in a year came to; done anew, it is written over with a reason."""

    __tablename__ = "flow_members_card_review"
    __table_args__ = (
        UniqueConstraint("tenant_id", "card_id", "year", name="uq_flow_members_card_review_year"),
        ForeignKeyConstraint(["tenant_id", "card_id"], CARD),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
    )

    card_id: Mapped[UUID]
    member_id: Mapped[UUID]
    year: Mapped[int]
    result: Mapped[str]
    note: Mapped[str | None]
    reviewed_on: Mapped[date]
    reviewed_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
