"""Members of other institutions who are taken in here, and what is noted of them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Moment, TenantOwned
from zhibu_flow_members.tables.cases import UNIT

GUEST = ["flow_members_guest.tenant_id", "flow_members_guest.id"]


class Guest(TenantOwned, Base):
    """A stay here, as the home institution `peer_code` told of it: `about` is its case there.

    `offer` numbers how often it was offered; an answer says which it answers. `receiver_id` is who
    was asked, `host_id` the branch that takes him in. `ended_on` is the home's word, `left_on` the
    host's.
    """

    __tablename__ = "flow_members_guest"
    __table_args__ = (
        UniqueConstraint("tenant_id", "peer_code", "about", name="uq_flow_members_guest_about"),
        ForeignKeyConstraint(
            ["tenant_id", "receiver_id"], UNIT, name="fk_flow_members_guest_receiver"
        ),
        ForeignKeyConstraint(["tenant_id", "host_id"], UNIT, name="fk_flow_members_guest_host"),
        Index("ix_flow_members_guest_host", "tenant_id", "host_id", "since"),
        Index("ix_flow_members_guest_receiver", "tenant_id", "receiver_id", "since"),
        Index("ix_flow_members_guest_member", "tenant_id", "peer_code", "peer_member"),
    )

    about: Mapped[UUID]
    peer_code: Mapped[str]
    peer_name: Mapped[str]
    peer_member: Mapped[UUID]
    offer: Mapped[int]
    name: Mapped[str]
    ground: Mapped[str]
    place: Mapped[str | None]
    unit: Mapped[str | None]
    certainty: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    paper: Mapped[str]
    serial: Mapped[int | None]
    home_branch: Mapped[str]
    home_committee: Mapped[str]
    home_contact: Mapped[str | None]
    receiver_id: Mapped[UUID]
    host_id: Mapped[UUID | None]
    state: Mapped[str]
    answer_by: Mapped[date]
    answered_on: Mapped[date | None]
    answered_by: Mapped[UUID | None]
    refusal: Mapped[str | None]
    verify_by: Mapped[date | None]
    arrived_on: Mapped[date | None]
    verified_on: Mapped[date | None]
    verified_by: Mapped[UUID | None]
    host_note: Mapped[str | None]
    file_by: Mapped[date | None]
    filed_on: Mapped[date | None]
    filed_by: Mapped[UUID | None]
    left_on: Mapped[date | None]
    left_reason: Mapped[str | None]
    ended_on: Mapped[date | None]
    ending: Mapped[str | None]
    withdrawn_on: Mapped[date | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)


class GuestNote(TenantOwned, Base):
    """What the host notes of a guest; the home institution is told of it."""

    __tablename__ = "flow_members_guest_note"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "guest_id"], GUEST),
        ForeignKeyConstraint(
            ["tenant_id", "host_id"], UNIT, name="fk_flow_members_guest_note_host"
        ),
        Index("ix_flow_members_guest_note_guest", "tenant_id", "guest_id", "happened_on"),
    )

    guest_id: Mapped[UUID]
    host_id: Mapped[UUID]
    kind: Mapped[str]
    channel: Mapped[str]
    happened_on: Mapped[date]
    text: Mapped[str]
    grade: Mapped[str | None]
    reason: Mapped[str | None]
    voided_on: Mapped[date | None]
    void_reason: Mapped[str | None]
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
