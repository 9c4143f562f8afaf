"""recommendations."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "scoring_0004"
down_revision = "scoring_0003"


def upgrade() -> None:
    op.create_table(
        "scoring_recommendation",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("organization_id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("entitled", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("in_favour", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=True),
        sa.Column("entered_by", sa.Uuid(), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name=op.f("fk_scoring_recommendation_tenant_id_member_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "organization_id"],
            ["core_organization.tenant_id", "core_organization.id"],
            name=op.f("fk_scoring_recommendation_tenant_id_organization_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "post_id"],
            ["core_post.tenant_id", "core_post.id"],
            name=op.f("fk_scoring_recommendation_tenant_id_post_id"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_scoring_recommendation")),
    )
    rls.secure(op, "scoring_recommendation")
    with op.batch_alter_table("scoring_recommendation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_scoring_recommendation_tenant_id_organization_id"),
            ["tenant_id", "organization_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_scoring_recommendation_tenant_id_post_id"),
            ["tenant_id", "post_id"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("scoring_recommendation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scoring_recommendation_tenant_id_post_id"))
        batch_op.drop_index(batch_op.f("ix_scoring_recommendation_tenant_id_organization_id"))

    op.drop_table("scoring_recommendation")
