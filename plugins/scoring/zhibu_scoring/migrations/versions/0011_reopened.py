"""When a year that was concluded was reopened for an objection on paper."""

import sqlalchemy as sa
from alembic import op

revision = "scoring_0011"
down_revision = "scoring_0010"


def upgrade() -> None:
    with op.batch_alter_table("scoring_year", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reopened_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("scoring_year", schema=None) as batch_op:
        batch_op.drop_column("reopened_on")
