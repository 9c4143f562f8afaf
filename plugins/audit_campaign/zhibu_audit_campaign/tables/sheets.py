"""Whom an audit is about: the organizations that take part, and the members on its list."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from zhibu.storage.tables import Base, TenantOwned
from zhibu_audit_campaign.tables.campaigns import CAMPAIGN, UNIT

MEMBER = ["core_member.tenant_id", "core_member.id"]
AUDITED = ["audit_campaign_audited.tenant_id", "audit_campaign_audited.id"]
SHEET = ["audit_campaign_sheet.tenant_id", "audit_campaign_sheet.id"]


class Audited(TenantOwned, Base):
    """An organization in an audit, on its level, with its plan and where its work stands.

    `expected` are the members on its own list. The numbers after it are kept: each act that writes
    what they count counts them again. A branch that is no more is handed up in its place for
    `end_reason`; its members are now with `successor_id`.
    """

    __tablename__ = "audit_campaign_audited"
    __table_args__ = (
        UniqueConstraint("tenant_id", "campaign_id", "organization_id", name="uq_audit_audited"),
        ForeignKeyConstraint(["tenant_id", "campaign_id"], CAMPAIGN),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        ForeignKeyConstraint(
            ["tenant_id", "responsible_id"], MEMBER, name="fk_audit_audited_responsible"
        ),
        ForeignKeyConstraint(
            ["tenant_id", "successor_id"], UNIT, name="fk_audit_audited_successor"
        ),
        Index(None, "tenant_id", "organization_id"),
    )

    campaign_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    level: Mapped[str]
    expected: Mapped[int]
    completed: Mapped[int] = mapped_column(server_default="0")
    floating: Mapped[int] = mapped_column(server_default="0")
    hanging: Mapped[int] = mapped_column(server_default="0")
    pocket: Mapped[int] = mapped_column(server_default="0")
    lost: Mapped[int] = mapped_column(server_default="0")
    unreceipted: Mapped[int] = mapped_column(server_default="0")
    found: Mapped[int] = mapped_column(server_default="0")
    not_found: Mapped[int] = mapped_column(server_default="0")
    inquiries: Mapped[int] = mapped_column(server_default="0")
    unanswered: Mapped[int] = mapped_column(server_default="0")
    content: Mapped[str | None]
    focus: Mapped[str | None]
    method: Mapped[str | None]
    timetable: Mapped[str | None]
    responsible_id: Mapped[UUID | None]
    planned_on: Mapped[date | None]
    planned_by: Mapped[UUID | None]
    plan_state: Mapped[str | None]
    plan_remark: Mapped[str | None]
    plan_reviewed_on: Mapped[date | None]
    plan_reviewed_by: Mapped[UUID | None]
    state: Mapped[str] = mapped_column(server_default="working")
    submitted_on: Mapped[date | None]
    submitted_by: Mapped[UUID | None]
    successor_id: Mapped[UUID | None]
    end_reason: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default="1")


class Sheet(TenantOwned, Base):
    """A member on the list, in the branch and at the stage that were his on the day of the list,
    and what was found about him.
    """

    __tablename__ = "audit_campaign_sheet"
    __table_args__ = (
        UniqueConstraint("tenant_id", "campaign_id", "member_id", name="uq_audit_sheet_member"),
        ForeignKeyConstraint(["tenant_id", "campaign_id"], CAMPAIGN),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index("ix_audit_sheet_branch", "tenant_id", "campaign_id", "organization_id"),
        Index("ix_audit_sheet_member", "tenant_id", "member_id"),
    )

    campaign_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    member_id: Mapped[UUID]
    ground: Mapped[str]
    stage: Mapped[str]
    known_on: Mapped[date | None]
    streak: Mapped[int | None]
    expected: Mapped[int | None]
    attended_on: Mapped[date | None]
    heard_on: Mapped[date | None]
    away_since: Mapped[date | None]
    letter_until: Mapped[date | None]
    file_missing: Mapped[int | None]
    file_doubtful: Mapped[int | None]
    evidence: Mapped[str | None]
    evidence_note: Mapped[str | None]
    contacted_on: Mapped[date | None]
    note: Mapped[str | None]
    completed_on: Mapped[date | None]
    completed_by: Mapped[UUID | None]


class Check(TenantOwned, Base):
    """What one check of the plan came to for a member."""

    __tablename__ = "audit_campaign_check"
    __table_args__ = (
        UniqueConstraint("tenant_id", "sheet_id", "code"),
        ForeignKeyConstraint(["tenant_id", "sheet_id"], SHEET),
    )

    sheet_id: Mapped[UUID]
    code: Mapped[str]
    result: Mapped[str]
    note: Mapped[str | None]


class Issue(TenantOwned, Base):
    """A label of a member: raised by a `rule` or by somebody, and what a person made of it."""

    __tablename__ = "audit_campaign_issue"
    __table_args__ = (
        UniqueConstraint("tenant_id", "sheet_id", "label"),
        ForeignKeyConstraint(["tenant_id", "sheet_id"], SHEET),
        ForeignKeyConstraint(["tenant_id", "campaign_id"], CAMPAIGN),
        ForeignKeyConstraint(["tenant_id", "organization_id"], UNIT),
        ForeignKeyConstraint(["tenant_id", "member_id"], MEMBER),
        Index("ix_audit_issue_branch", "tenant_id", "campaign_id", "organization_id"),
    )

    sheet_id: Mapped[UUID]
    campaign_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    member_id: Mapped[UUID]
    label: Mapped[str]
    restricted: Mapped[bool]
    clause: Mapped[str]
    rule: Mapped[str | None]
    since: Mapped[date | None]
    state: Mapped[str]
    note: Mapped[str | None]
    decided_on: Mapped[date | None]
    decided_by: Mapped[UUID | None]
