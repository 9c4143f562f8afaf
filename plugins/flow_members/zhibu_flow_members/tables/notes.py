"""What both sides note of somebody away, and who keeps contact with him."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Moment, TenantOwned
from zhibu_flow_members.tables.cards import CASE
from zhibu_flow_members.tables.cases import MEMBER, UNIT


class Note(TenantOwned, Base):
    """Contact, education, a report, a visit, what is amiss; what is void stays readable.

    `host_id` is who took him in when the host noted it: nobody else's notes are shown to a host.
    `peer_note` is the note's id in the other institution that told of it.
    """

    __tablename__ = "flow_members_note"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        ForeignKeyConstraint(["tenant_id", "case_id"], CASE),
        ForeignKeyConstraint(["tenant_id", "host_id"], UNIT, name="fk_flow_members_note_host"),
        UniqueConstraint("tenant_id", "case_id", "peer_note", name="uq_flow_members_note_peer"),
        Index("ix_flow_members_note_host", "tenant_id", "host_id", "happened_on"),
        Index("ix_flow_members_note_case", "tenant_id", "case_id", "kind", "happened_on"),
        Index("ix_flow_members_note_member", "tenant_id", "member_id", "happened_on"),
    )

    case_id: Mapped[UUID]
    member_id: Mapped[UUID]
    kind: Mapped[str]
    side: Mapped[str]
    host_id: Mapped[UUID | None]
    phase: Mapped[str]
    channel: Mapped[str]
    happened_on: Mapped[date]
    text: Mapped[str]
    fault: Mapped[str | None]
    grade: Mapped[str | None]
    reason: Mapped[str | None]
    voided_on: Mapped[date | None]
    void_reason: Mapped[str | None]
    peer_note: Mapped[UUID | None]
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class Liaison(TenantOwned, Base):
    """Somebody of the branch keeps contact; `once` is set while he does.

    `closed` says that it ended with the stay.
    """

    __tablename__ = "flow_members_liaison"
    __table_args__ = (
        UniqueConstraint("tenant_id", "case_id", "once", name="uq_flow_members_liaison_once"),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        ForeignKeyConstraint(
            ["tenant_id", "liaison_id"], MEMBER, name="fk_flow_members_liaison_liaison"
        ),
        ForeignKeyConstraint(["tenant_id", "case_id"], CASE),
        Index("ix_flow_members_liaison_load", "tenant_id", "liaison_id", "once"),
    )

    case_id: Mapped[UUID]
    member_id: Mapped[UUID]
    liaison_id: Mapped[UUID]
    since: Mapped[date]
    until: Mapped[date | None]
    once: Mapped[str | None]
    closed: Mapped[bool] = mapped_column(default=False, server_default=false())
    reason: Mapped[str | None]
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
