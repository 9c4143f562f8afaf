"""why a branch is handed up in its place, and where its members are."""

import sqlalchemy as sa
from alembic import op

revision = "audit_campaign_0008"
down_revision = "audit_campaign_0007"


def upgrade() -> None:
    with op.batch_alter_table("audit_campaign_audited", schema=None) as batch_op:
        batch_op.add_column(sa.Column("successor_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("end_reason", sa.String(), nullable=True))
        batch_op.create_foreign_key(
            "fk_audit_audited_successor",
            "core_organization",
            ["tenant_id", "successor_id"],
            ["tenant_id", "id"],
        )


def downgrade() -> None:
    with op.batch_alter_table("audit_campaign_audited", schema=None) as batch_op:
        batch_op.drop_constraint("fk_audit_audited_successor", type_="foreignkey")
        batch_op.drop_column("end_reason")
        batch_op.drop_column("successor_id")
