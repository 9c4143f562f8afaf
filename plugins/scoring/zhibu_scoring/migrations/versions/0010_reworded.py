"""reworded."""

import sqlalchemy as sa
from alembic import op

revision = "scoring_0010"
down_revision = "scoring_0009"


def upgrade() -> None:
    with op.batch_alter_table("scoring_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source_says", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("source_changed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("scoring_entry", schema=None) as batch_op:
        batch_op.drop_column("source_changed_on")
        batch_op.drop_column("source_says")
