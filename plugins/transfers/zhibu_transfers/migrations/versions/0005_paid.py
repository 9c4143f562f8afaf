"""Letters: why one says another month than the dues on record."""

import sqlalchemy as sa
from alembic import op

revision = "transfers_0005"
down_revision = "transfers_0004"


def upgrade() -> None:
    with op.batch_alter_table("transfers_letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("paid_to_reason", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("transfers_letter", schema=None) as batch_op:
        batch_op.drop_column("paid_to_reason")
