"""Who is abroad applied in writing before organization life is suspended."""

import sqlalchemy as sa
from alembic import op

revision = "organization_life_0008"
down_revision = "organization_life_0007"


def upgrade() -> None:
    with op.batch_alter_table("organization_life_accommodation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("applied_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("organization_life_accommodation", schema=None) as batch_op:
        batch_op.drop_column("applied_on")
