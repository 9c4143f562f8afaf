"""late reasons."""

import sqlalchemy as sa
from alembic import op

revision = "scoring_0005"
down_revision = "scoring_0004"


def upgrade() -> None:
    with op.batch_alter_table("scoring_year", schema=None) as batch_op:
        batch_op.add_column(sa.Column("decided_late_reason", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("reviewed_late_reason", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("noticed_late_reason", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("scoring_year", schema=None) as batch_op:
        batch_op.drop_column("noticed_late_reason")
        batch_op.drop_column("reviewed_late_reason")
        batch_op.drop_column("decided_late_reason")
