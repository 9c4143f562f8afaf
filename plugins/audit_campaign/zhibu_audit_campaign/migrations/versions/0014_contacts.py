"""how somebody of a work group is reached."""

import sqlalchemy as sa
from alembic import op

revision = "audit_campaign_0014"
down_revision = "audit_campaign_0013"


def upgrade() -> None:
    with op.batch_alter_table("audit_campaign_worker", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contact", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("audit_campaign_worker", schema=None) as batch_op:
        batch_op.drop_column("contact")
