"""Who is away, where, and who takes him in."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Moment, Sealed, TenantOwned

UNIT = ["core_organization.tenant_id", "core_organization.id"]
MEMBER = ["core_member.tenant_id", "core_member.id"]


class Case(TenantOwned, Base):
    """A member away from `since`, perhaps until `until`, and no longer from `ended_on` on.

    It is seen from two sides: by the member's branch, wherever he belongs today, and by `host_id`,
    the organization of this institution that takes him in. `once` is set while he is away, so that
    nobody is away twice. `sealed` is how he is reached. `hosted` keeps, by the id of a host before
    the present one, what that host verified: named again, it need not verify anew. `touched_on` and
    `reported_on` are the last days of contact and of a report. The days by which something is due
    follow from the rules in force when the row was written. `peer_code` is another institution that
    was asked `peer_offer` times to take him in, at its organization `peer_unit`; the other columns
    of `peer` say what it answered. `certificate_serial` is the number that the certificate letter
    has of `certificate_unit_id`, the branch that first printed it, in a year; it is kept whatever
    becomes of the case.
    """

    __tablename__ = "flow_members_case"
    __table_args__ = (
        UniqueConstraint("tenant_id", "member_id", "once", name="uq_flow_members_case_once"),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        ForeignKeyConstraint(["tenant_id", "host_id"], UNIT),
        ForeignKeyConstraint(
            ["tenant_id", "certificate_unit_id"], UNIT, name="fk_flow_members_case_certificate"
        ),
        UniqueConstraint(
            *("tenant_id", "certificate_unit_id", "certificate_year", "certificate_serial"),
            name="uq_flow_members_case_certificate",
        ),
        Index("ix_flow_members_case_since", "tenant_id", "since"),
        Index("ix_flow_members_case_member", "tenant_id", "member_id", "since"),
        Index("ix_flow_members_case_host", "tenant_id", "host_id", "since"),
        Index("ix_flow_members_case_until", "tenant_id", "until"),
        Index("ix_flow_members_case_contact", "tenant_id", "contact_by"),
        Index("ix_flow_members_case_report", "tenant_id", "report_by"),
    )

    member_id: Mapped[UUID]
    ground: Mapped[str]
    place: Mapped[str]
    unit: Mapped[str | None]
    host_id: Mapped[UUID | None]
    certainty: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    untransferred: Mapped[str | None]
    by_wish: Mapped[bool]
    paper: Mapped[str]
    paper_reason: Mapped[str | None]
    floating_from: Mapped[date]
    once: Mapped[str | None]
    sealed: Mapped[bytes | None] = mapped_column(Sealed)
    late_reason: Mapped[str | None]
    told_on: Mapped[date | None]
    requirements: Mapped[str | None]
    contact: Mapped[str | None]
    told_late_reason: Mapped[str | None]
    verify_by: Mapped[date]
    arrived_on: Mapped[date | None]
    verified_on: Mapped[date | None]
    verified_by: Mapped[UUID | None]
    host_note: Mapped[str | None]
    file_by: Mapped[date | None]
    filed_on: Mapped[date | None]
    filed_by: Mapped[UUID | None]
    hosted: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    ended_on: Mapped[date | None]
    ending: Mapped[str | None]
    end_note: Mapped[str | None]
    voided_on: Mapped[date | None]
    void_reason: Mapped[str | None]
    recorded_by: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    touched_on: Mapped[date | None]
    reported_on: Mapped[date | None]
    contact_by: Mapped[date | None]
    report_by: Mapped[date | None]
    peer_code: Mapped[str | None]
    peer_unit: Mapped[str | None]
    peer_offer: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    peer_state: Mapped[str | None]
    peer_name: Mapped[str | None]
    peer_host: Mapped[str | None]
    peer_on: Mapped[date | None]
    peer_reason: Mapped[str | None]
    certificate_unit_id: Mapped[UUID | None]
    certificate_year: Mapped[int | None]
    certificate_serial: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)
