"""Entries, and who is left out."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Exact, Moment, TenantOwned

MEMBER = ["core_member.tenant_id", "core_member.id"]


class ScoringEntry(TenantOwned, Base):
    """Points of a member for a year, as the scheme had them. Nothing of an entry is rewritten.

    `witnesses` are names, one a line. An entry that `reverses` another has that one's part, item
    and points, and takes them back once it is approved. What was proposed from elsewhere says from
    what: `source` names it for the member's year, `source_kind` and `source_id` the record. Where
    that record was put right since, `source_says` is what it says now, known since
    `source_changed_on`.
    """

    __tablename__ = "scoring_entry"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        ForeignKeyConstraint(
            ["tenant_id", "reverses_id"], ["scoring_entry.tenant_id", "scoring_entry.id"]
        ),
        Index(None, "tenant_id", "member_id", "year"),
        Index(None, "tenant_id", "reverses_id"),
    )

    member_id: Mapped[UUID]
    year: Mapped[int]
    part: Mapped[str]
    item: Mapped[str]
    number: Mapped[int]
    name: Mapped[str]
    points: Mapped[Decimal] = mapped_column(Exact)
    happened_on: Mapped[date]
    description: Mapped[str]
    material: Mapped[str | None]
    witnesses: Mapped[str | None]
    late_reason: Mapped[str | None]
    basis: Mapped[str]
    state: Mapped[str]
    declared_by: Mapped[UUID | None]
    declarer_id: Mapped[UUID | None]
    declared_at: Mapped[datetime] = mapped_column(Moment)
    decided_by: Mapped[UUID | None]
    decided_on: Mapped[date | None]
    decision_reason: Mapped[str | None]
    reverses_id: Mapped[UUID | None]
    source: Mapped[str | None]
    source_kind: Mapped[str | None]
    source_id: Mapped[UUID | None]
    source_says: Mapped[str | None]
    source_changed_on: Mapped[date | None]


class ScoringExemption(TenantOwned, Base):
    """A member who is left out of the assessment, having been asked."""

    __tablename__ = "scoring_exemption"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index(None, "tenant_id", "member_id"),
    )

    member_id: Mapped[UUID]
    ground: Mapped[str]
    first_year: Mapped[int]
    last_year: Mapped[int | None]
    consent: Mapped[str]
    consented_on: Mapped[date]
    granted_by: Mapped[UUID | None]
    granted_on: Mapped[date]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str | None]
