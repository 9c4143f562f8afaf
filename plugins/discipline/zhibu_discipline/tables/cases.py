"""Dispositions, one row for each from its opening to its end."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, TenantOwned

MEMBER = ["core_member.tenant_id", "core_member.id"]


class DisciplineCase(TenantOwned, Base):
    """What is proposed about a member, on which ground, and what became of it.

    `organization_id` is the member's branch when it was opened. `since` is from when the ground has
    lasted, `previous_id` the disposition that failed before this one. `until` is the last day of a
    correction; `evaluation_id` the procedure in which its result is decided. `breach`: whether the
    conduct seems to break discipline too; `help_by`: by when who was removed is helped on.
    """

    __tablename__ = "discipline_case"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        ForeignKeyConstraint(["tenant_id", "keeper_id"], MEMBER),
        ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
        ),
        Index(None, "tenant_id", "member_id"),
        Index(None, "tenant_id", "organization_id", "state"),
        Index(None, "tenant_id", "until"),
        Index(None, "tenant_id", "decided_on"),
    )

    member_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    kind: Mapped[str]
    ground: Mapped[str]
    clause: Mapped[str]
    restricted: Mapped[bool]
    facts: Mapped[str]
    since: Mapped[date | None]
    missed: Mapped[str | None]
    previous_id: Mapped[UUID | None]
    state: Mapped[str]
    opened_by: Mapped[UUID | None]
    opened_on: Mapped[date]
    dropped_on: Mapped[date | None]
    drop_reason: Mapped[str | None]
    notified_on: Mapped[date | None]
    told_on: Mapped[date | None]
    account: Mapped[str | None]
    unheard: Mapped[str | None]
    breach: Mapped[bool | None]
    defender: Mapped[str | None]
    months: Mapped[int | None]
    keeper_id: Mapped[UUID | None]
    measures: Mapped[str | None]
    procedure_id: Mapped[UUID | None]
    decided_on: Mapped[date | None]
    decision: Mapped[str | None]
    until: Mapped[date | None]
    answer_by: Mapped[date | None]
    deliver_by: Mapped[date | None]
    delivery: Mapped[str | None]
    delivered_on: Mapped[date | None]
    opinion: Mapped[str | None]
    explanation: Mapped[str | None]
    announced_on: Mapped[date | None]
    evaluation_id: Mapped[UUID | None]
    evaluation: Mapped[str | None]
    result: Mapped[str | None]
    ended_on: Mapped[date | None]
    file_by: Mapped[date | None]
    filed_on: Mapped[date | None]
    filing: Mapped[str | None]
    help_by: Mapped[date | None]
    helped_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)
