"""What members take on: pledges, posts, service, links, letters, care."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "organization_life_0003"
down_revision = "organization_life_0002"


def upgrade() -> None:
    op.create_table(
        "organization_life_engagement",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("details", sa.String(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("hours", sa.BigInteger(), nullable=True),
        sa.Column("once", sa.String(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("fulfilled_on", sa.Date(), nullable=True),
        sa.Column("late_reason", sa.String(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_organization_life_engagement_tenant_id_member_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_organization_life_engagement")),
        sa.UniqueConstraint(
            "tenant_id", "member_id", "once", name="uq_organization_life_engagement_once"
        ),
    )
    rls.secure(op, "organization_life_engagement")
    op.create_index(
        "ix_organization_life_engagement_kind",
        "organization_life_engagement",
        ["tenant_id", "kind", "since"],
    )


def downgrade() -> None:
    op.drop_table("organization_life_engagement")
