"""What a committee verifies, what is reported, sampled and asked."""

from datetime import date
from uuid import UUID

from sqlalchemy import JSON, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, TenantOwned
from zhibu_audit_campaign.tables.campaigns import CAMPAIGN, UNIT
from zhibu_audit_campaign.tables.sheets import AUDITED, MEMBER

VERIFICATION = ["audit_campaign_verification.tenant_id", "audit_campaign_verification.id"]
DRAW = ["audit_campaign_draw.tenant_id", "audit_campaign_draw.id"]


class Verification(TenantOwned, Base):
    """What the level above decided on what an organization handed up, each time it did."""

    __tablename__ = "audit_campaign_verification"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "audited_id"], AUDITED),
        ForeignKeyConstraint(
            ["tenant_id", "organization_id"], UNIT, name="fk_audit_verification_unit"
        ),
        Index(None, "tenant_id", "audited_id"),
    )

    audited_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    accepted: Mapped[bool]
    measures: Mapped[str | None]
    ways: Mapped[str | None]
    proposals: Mapped[str | None]
    reason: Mapped[str | None]
    decided_on: Mapped[date]
    decided_by: Mapped[UUID | None]
    withdrawn_on: Mapped[date | None]
    withdraw_reason: Mapped[str | None]


class Verified(TenantOwned, Base):
    """One check of a committee, or one situation that it verified."""

    __tablename__ = "audit_campaign_verified"
    __table_args__ = (
        UniqueConstraint("tenant_id", "verification_id", "part", "code", name="uq_audit_verified"),
        ForeignKeyConstraint(["tenant_id", "verification_id"], VERIFICATION),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
    )

    verification_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    part: Mapped[str]
    code: Mapped[str]
    result: Mapped[str | None]
    note: Mapped[str | None]
    number: Mapped[int | None]
    destination: Mapped[str | None]
    state: Mapped[str | None]
    contact: Mapped[str | None]
    duration: Mapped[str | None]
    circumstances: Mapped[str | None]
    cause: Mapped[str | None]


class Report(TenantOwned, Base):
    """What a committee or a district reports of what is below; written anew, it is replaced."""

    __tablename__ = "audit_campaign_report"
    __table_args__ = (
        UniqueConstraint("tenant_id", "audited_id"),
        ForeignKeyConstraint(["tenant_id", "audited_id"], AUDITED),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        ForeignKeyConstraint(["tenant_id", "chair_id"], MEMBER),
    )

    audited_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    content: Mapped[str]
    proposals: Mapped[str]
    chair_id: Mapped[UUID | None]
    minutes: Mapped[str | None]
    signer: Mapped[str | None]


class Draw(TenantOwned, Base):
    """A draw of branches, and the seed by which it is drawn again; a round of a `sector` of the
    plan is drawn `among` those of it.
    """

    __tablename__ = "audit_campaign_draw"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "campaign_id"], CAMPAIGN),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        Index(None, "tenant_id", "campaign_id"),
    )

    campaign_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    seed: Mapped[str]
    percent: Mapped[int]
    branches: Mapped[int]
    drawn: Mapped[int]
    bands: Mapped[str | None]
    sector: Mapped[str | None]
    among: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    drawn_on: Mapped[date]
    drawn_by: Mapped[UUID | None]


class Sample(TenantOwned, Base):
    """A branch that was drawn, and what was found there beside what was reported."""

    __tablename__ = "audit_campaign_sample"
    __table_args__ = (
        UniqueConstraint("tenant_id", "draw_id", "audited_id"),
        ForeignKeyConstraint(["tenant_id", "draw_id"], DRAW),
        ForeignKeyConstraint(["tenant_id", "audited_id"], AUDITED),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
    )

    draw_id: Mapped[UUID]
    audited_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    stratum: Mapped[str]
    checked_on: Mapped[date | None]
    people: Mapped[int | None]
    lost: Mapped[int | None]
    hanging: Mapped[int | None]
    floating: Mapped[int | None]
    agrees: Mapped[bool | None]
    remark: Mapped[str | None]


class Question(TenantOwned, Base):
    """A case that is not clear, asked upward rather than handled crudely (S3B-29)."""

    __tablename__ = "audit_campaign_question"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "audited_id"], AUDITED),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        Index(None, "tenant_id", "organization_id"),
    )

    audited_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    text: Mapped[str]
    asked_on: Mapped[date]
    asked_by: Mapped[UUID | None]
    answer: Mapped[str | None]
    answered_on: Mapped[date | None]
    answered_by: Mapped[UUID | None]
    withdrawn_on: Mapped[date | None]
