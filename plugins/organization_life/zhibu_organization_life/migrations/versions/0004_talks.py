"""Talks with members: heart-to-heart, reminders, criticism and education."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "organization_life_0004"
down_revision = "organization_life_0003"


def upgrade() -> None:
    op.create_table(
        "organization_life_talk",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("talker_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=True),
        sa.Column("talked_on", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("followed_on", sa.Date(), nullable=True),
        sa.Column("followed", sa.LargeBinary(), nullable=True),
        sa.Column("late_reason", sa.String(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_organization_life_talk_tenant_id_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_organization_life_talk_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "talker_id"],
            ["core_member.tenant_id", "core_member.id"],
            name="fk_organization_life_talker",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_organization_life_talk")),
    )
    rls.secure(op, "organization_life_talk")
    op.create_index(
        "ix_organization_life_talk_member", "organization_life_talk", ["tenant_id", "member_id"]
    )
    op.create_index(
        "ix_organization_life_talk_follow_up",
        "organization_life_talk",
        ["tenant_id", "follow_up_on"],
    )
    op.create_index(
        "ix_organization_life_talk_unit",
        "organization_life_talk",
        ["tenant_id", "organization_id", "talked_on"],
    )


def downgrade() -> None:
    op.drop_table("organization_life_talk")
