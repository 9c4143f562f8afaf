"""Whole units: the first transfer of a list."""

import sqlalchemy as sa
from alembic import op

revision = "transfers_0002"
down_revision = "transfers_0001"


def upgrade() -> None:
    with op.batch_alter_table("transfers_case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("batch_id", sa.Uuid(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_transfers_case_tenant_id_batch_id"),
            ["tenant_id", "batch_id"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("transfers_case", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_transfers_case_tenant_id_batch_id"))
        batch_op.drop_column("batch_id")
