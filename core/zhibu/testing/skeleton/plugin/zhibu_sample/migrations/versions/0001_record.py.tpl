"""What is recorded of members."""

import sqlalchemy as sa
from alembic import op

from zhibu.storage import rls

revision = "sample_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "sample_record",
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("late_reason", sa.String(), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "member_id"],
            ["core_member.tenant_id", "core_member.id"],
            name="fk_sample_record_member",
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name="pk_sample_record"),
        sa.UniqueConstraint(
            "tenant_id", "member_id", "happened_on", "title", name="uq_sample_record_once"
        ),
    )
    rls.secure(op, "sample_record")


def downgrade() -> None:
    op.drop_table("sample_record")
