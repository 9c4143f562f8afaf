"""how long it lasts, and the bands of a draw."""

import sqlalchemy as sa
from alembic import op

revision = "audit_campaign_0006"
down_revision = "audit_campaign_0005"


def upgrade() -> None:
    with op.batch_alter_table("audit_campaign_verified", schema=None) as batch_op:
        batch_op.add_column(sa.Column("duration", sa.String(), nullable=True))
    with op.batch_alter_table("audit_campaign_draw", schema=None) as batch_op:
        batch_op.add_column(sa.Column("bands", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("audit_campaign_draw", schema=None) as batch_op:
        batch_op.drop_column("bands")
    with op.batch_alter_table("audit_campaign_verified", schema=None) as batch_op:
        batch_op.drop_column("duration")
