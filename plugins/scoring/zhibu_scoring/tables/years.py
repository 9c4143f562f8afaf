"""A branch's year: summary, decision, review, notice; objections, checks, inspections."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, Exact, TenantOwned
from zhibu_scoring.tables.entries import MEMBER

UNIT = ["core_organization.tenant_id", "core_organization.id"]
YEAR = ["scoring_year.tenant_id", "scoring_year.id"]


class ScoringYear(TenantOwned, Base):
    """What a branch makes of a year; a returned one is drawn up again in the same row.

    `reopened_on` is when a concluded one began to wait for the answer to an objection on paper.
    """

    __tablename__ = "scoring_year"
    __table_args__ = (
        UniqueConstraint("tenant_id", "organization_id", "year", name="uq_scoring_year_once"),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
    )

    organization_id: Mapped[UUID]
    year: Mapped[int]
    stand: Mapped[str]
    basis: Mapped[str]
    drawn_up_by: Mapped[UUID | None]
    drawn_up_on: Mapped[date]
    body: Mapped[str | None]
    held_on: Mapped[date | None]
    entitled: Mapped[int | None]
    present: Mapped[int | None]
    in_favour: Mapped[int | None]
    minutes: Mapped[str | None]
    decided_by: Mapped[UUID | None]
    decided_late_reason: Mapped[str | None]
    reviewed_by: Mapped[UUID | None]
    reviewed_on: Mapped[date | None]
    reviewed_late_reason: Mapped[str | None]
    opinion: Mapped[str | None]
    noticed_on: Mapped[date | None]
    notice_until: Mapped[date | None]
    notice_place: Mapped[str | None]
    noticed_late_reason: Mapped[str | None]
    concluded_by: Mapped[UUID | None]
    concluded_on: Mapped[date | None]
    reopened_on: Mapped[date | None]


class ScoringResult(TenantOwned, Base):
    """What a member's year came to, as the branch drew it up; corrected with its reason."""

    __tablename__ = "scoring_result"
    __table_args__ = (
        UniqueConstraint("tenant_id", "year_id", "member_id", name="uq_scoring_result_once"),
        ForeignKeyConstraint(["tenant_id", "year_id"], YEAR),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index(None, "tenant_id", "member_id", "year"),
    )

    year_id: Mapped[UUID]
    member_id: Mapped[UUID]
    year: Mapped[int]
    base: Mapped[Decimal | None] = mapped_column(Exact)
    plus: Mapped[Decimal | None] = mapped_column(Exact)
    minus: Mapped[Decimal | None] = mapped_column(Exact)
    vetoed: Mapped[bool]
    veto_reason: Mapped[str | None]
    total: Mapped[Decimal | None] = mapped_column(Exact)
    rank: Mapped[int | None]
    mark: Mapped[str]
    ground: Mapped[str]
    eligible: Mapped[bool]
    low: Mapped[bool]
    behind: Mapped[bool]
    corrected_on: Mapped[date | None]
    correction: Mapped[str | None]


class ScoringObjection(TenantOwned, Base):
    """Somebody objects to a result while it is put up; the branch looks into it and answers.

    What was handed in on paper says who entered it, when, and why then: nobody's account raised it.
    """

    __tablename__ = "scoring_objection"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "year_id"], YEAR),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index(None, "tenant_id", "year_id"),
        Index(None, "tenant_id", "member_id"),
    )

    year_id: Mapped[UUID]
    member_id: Mapped[UUID]
    body: Mapped[str]
    raised_by: Mapped[UUID | None]
    raiser_id: Mapped[UUID | None]
    raised_on: Mapped[date]
    entered_by: Mapped[UUID | None]
    entered_on: Mapped[date | None]
    late_reason: Mapped[str | None]
    outcome: Mapped[str | None]
    answer: Mapped[str | None]
    answered_by: Mapped[UUID | None]
    answered_on: Mapped[date | None]


class ScoringInspection(TenantOwned, Base):
    """The working committee looked into a branch's year (S4-31)."""

    __tablename__ = "scoring_inspection"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "year_id"], YEAR),
        Index(None, "tenant_id", "year_id"),
    )

    year_id: Mapped[UUID]
    findings: Mapped[str]
    returned: Mapped[bool]
    inspected_by: Mapped[UUID | None]
    inspected_on: Mapped[date]


class ScoringPublication(TenantOwned, Base):
    """A branch made its points known to members, for a quarter (S4-29)."""

    __tablename__ = "scoring_publication"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        Index(None, "tenant_id", "organization_id", "year"),
    )

    organization_id: Mapped[UUID]
    year: Mapped[int]
    quarter: Mapped[int]
    place: Mapped[str]
    members: Mapped[int]
    published_by: Mapped[UUID | None]
    published_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
    withdrawn_reason: Mapped[str | None]


class ScoringCheck(TenantOwned, Base):
    """The branch checked its members' year at half time, or at its end (S4-10)."""

    __tablename__ = "scoring_check"
    __table_args__ = (
        Index(
            "uq_scoring_check_standing",
            "tenant_id",
            "organization_id",
            "year",
            "half",
            unique=True,
            sqlite_where=text("withdrawn_on IS NULL"),
            postgresql_where=text("withdrawn_on IS NULL"),
        ),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
    )

    organization_id: Mapped[UUID]
    year: Mapped[int]
    half: Mapped[int]
    findings: Mapped[str]
    checked_by: Mapped[UUID | None]
    checked_on: Mapped[date]
    withdrawn_on: Mapped[date | None]
    withdrawn_reason: Mapped[str | None]


class ScoringHelp(TenantOwned, Base):
    """Whom the branch helps after a low year, how, by whom, and what came of it (S4-36)."""

    __tablename__ = "scoring_help"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        ForeignKeyConstraint(["tenant_id", "helper_id"], MEMBER, name="fk_scoring_help_helper"),
        Index(None, "tenant_id", "member_id"),
    )

    member_id: Mapped[UUID]
    year: Mapped[int]
    helper_id: Mapped[UUID]
    plan: Mapped[str]
    planned_by: Mapped[UUID | None]
    planned_on: Mapped[date]
    outcome: Mapped[str | None]
    result: Mapped[str | None]
    ended_by: Mapped[UUID | None]
    ended_on: Mapped[date | None]
