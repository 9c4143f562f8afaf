"""Meetings, who attended them, minutes, and flexible arrangements."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "organization_life_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "organization_life_accommodation",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("arrangement", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_organization_life_accommodation_tenant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_organization_life_accommodation")),
    )
    rls.secure(op, "organization_life_accommodation")
    op.create_index(
        "ix_organization_life_accommodation_member",
        "organization_life_accommodation",
        ["tenant_id", "member_id"],
    )

    op.create_table(
        "organization_life_meeting",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("begins", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("agenda", sa.String(), nullable=True),
        sa.Column("contents", sa.String(), nullable=True),
        sa.Column("hours", sa.BigInteger(), nullable=True),
        sa.Column("chair_id", sa.Uuid(), nullable=True),
        sa.Column("lecturer_id", sa.Uuid(), nullable=True),
        sa.Column("lecturer_name", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=True),
        sa.Column("code_digest", sa.String(), nullable=True),
        sa.Column("code_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "chair_id"],
            ["core_member.tenant_id", "core_member.id"],
            name="fk_organization_life_chair",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "lecturer_id"],
            ["core_member.tenant_id", "core_member.id"],
            name="fk_organization_life_lecturer",
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_organization_life_meeting_tenant_id_organization_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_organization_life_meeting")),
        sa.UniqueConstraint(
            "tenant_id", "code", name=op.f("uq_organization_life_meeting_tenant_id_code")
        ),
    )
    rls.secure(op, "organization_life_meeting")
    op.create_index(
        "ix_organization_life_meeting_planned",
        "organization_life_meeting",
        ["tenant_id", "state", "held_on"],
    )
    op.create_index(
        "ix_organization_life_meeting_digest",
        "organization_life_meeting",
        ["tenant_id", "code_digest"],
    )
    op.create_index(
        "ix_organization_life_meeting_held",
        "organization_life_meeting",
        ["tenant_id", "organization_id", "kind", "held_on"],
    )

    op.create_table(
        "organization_life_attendance",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("expected", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("via", sa.String(), nullable=True),
        sa.Column("leave", sa.String(), nullable=True),
        sa.Column("leave_reason", sa.String(), nullable=True),
        sa.Column("leave_answer", sa.String(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("marked_by", sa.Uuid(), nullable=True),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "meeting_id"],
            ["organization_life_meeting.tenant_id", "organization_life_meeting.id"],
            name=op.f("fk_organization_life_attendance_tenant_id_meeting_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_organization_life_attendance_tenant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_organization_life_attendance")),
        sa.UniqueConstraint(
            "tenant_id", "meeting_id", "member_id", name="uq_organization_life_attendance_once"
        ),
    )
    rls.secure(op, "organization_life_attendance")
    op.create_index(
        "ix_organization_life_attendance_member",
        "organization_life_attendance",
        ["tenant_id", "member_id"],
    )

    op.create_table(
        "organization_life_minutes",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "meeting_id"],
            ["organization_life_meeting.tenant_id", "organization_life_meeting.id"],
            name=op.f("fk_organization_life_minutes_tenant_id_meeting_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_organization_life_minutes")),
        sa.UniqueConstraint(
            "tenant_id", "meeting_id", "number", name="uq_organization_life_minutes_number"
        ),
    )
    rls.secure(op, "organization_life_minutes")


def downgrade() -> None:
    op.drop_table("organization_life_minutes")

    op.drop_table("organization_life_attendance")

    op.drop_table("organization_life_meeting")

    op.drop_table("organization_life_accommodation")
