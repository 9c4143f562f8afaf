"""Arrangements that follow a relationship retained abroad."""

import sqlalchemy as sa
from alembic import op

revision = "organization_life_0009"
down_revision = "organization_life_0008"


def upgrade() -> None:
    with op.batch_alter_table("organization_life_accommodation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("retained_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("organization_life_accommodation", schema=None) as batch_op:
        batch_op.drop_column("retained_id")
