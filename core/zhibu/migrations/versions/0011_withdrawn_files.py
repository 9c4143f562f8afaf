"""Files that were withdrawn from sight."""

import sqlalchemy as sa
from alembic import op

revision = "core_0011"
down_revision = "core_0010"


def upgrade() -> None:
    with op.batch_alter_table("core_attachment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_reason", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("core_attachment", schema=None) as batch_op:
        batch_op.drop_column("withdrawn_reason")
        batch_op.drop_column("withdrawn_at")
