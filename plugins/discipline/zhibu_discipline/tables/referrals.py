"""Hand-overs to the discipline body, and help after a removal."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, TenantOwned
from zhibu_discipline.tables.cases import MEMBER


class DisciplineReferral(TenantOwned, Base):
    """What was handed over about a member, and what the discipline body answered.

    `punishment` is null while nobody answered, and where no punishment was decided. `until` is the
    first day after its influence, `limit_id` the suspension of the right to vote that goes with it.
    """

    __tablename__ = "discipline_referral"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
        ),
        Index(None, "tenant_id", "member_id"),
        Index(None, "tenant_id", "organization_id", "state"),
        Index(None, "tenant_id", "until"),
    )

    member_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    facts: Mapped[str]
    state: Mapped[str]
    handed_on: Mapped[date]
    handed_by: Mapped[UUID | None]
    pass_by: Mapped[date]
    passed_on: Mapped[date | None]
    passed_to: Mapped[str | None]
    passed_by: Mapped[UUID | None]
    answer_by: Mapped[date]
    answered_on: Mapped[date | None]
    punishment: Mapped[str | None]
    decided_on: Mapped[date | None]
    document: Mapped[str | None]
    until: Mapped[date | None]
    limit_id: Mapped[UUID | None]
    correction: Mapped[str | None]
    notice_by: Mapped[date | None]
    noticed_on: Mapped[date | None]
    notice: Mapped[str | None]
    closed_on: Mapped[date | None]
    note: Mapped[str | None]
    withdrawn_on: Mapped[date | None]
    withdrawn_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)


class DisciplineFollowUp(TenantOwned, Base):
    """Once that somebody who was removed was helped on; taken back with a reason if a slip."""

    __tablename__ = "discipline_follow_up"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "case_id"], ["discipline_case.tenant_id", "discipline_case.id"]
        ),
        Index(None, "tenant_id", "case_id"),
    )

    case_id: Mapped[UUID]
    helped_on: Mapped[date]
    what: Mapped[str]
    entered_by: Mapped[UUID | None]
    entered_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
    withdrawn_reason: Mapped[str | None]
