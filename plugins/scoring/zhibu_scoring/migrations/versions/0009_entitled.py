"""entitled."""

import sqlalchemy as sa
from alembic import op

revision = "scoring_0009"
down_revision = "scoring_0008"


def upgrade() -> None:
    with op.batch_alter_table("scoring_recommendation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("roll_reason", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("scoring_recommendation", schema=None) as batch_op:
        batch_op.drop_column("roll_reason")
