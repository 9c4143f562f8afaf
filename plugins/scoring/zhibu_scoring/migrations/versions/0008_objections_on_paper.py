"""objections on paper."""

import sqlalchemy as sa
from alembic import op

revision = "scoring_0008"
down_revision = "scoring_0007"


def upgrade() -> None:
    with op.batch_alter_table("scoring_objection", schema=None) as batch_op:
        batch_op.add_column(sa.Column("entered_by", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("entered_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("late_reason", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("scoring_objection", schema=None) as batch_op:
        batch_op.drop_column("late_reason")
        batch_op.drop_column("entered_on")
        batch_op.drop_column("entered_by")
