"""what a member's file lacks."""

import sqlalchemy as sa
from alembic import op

revision = "audit_campaign_0013"
down_revision = "audit_campaign_0012"


def upgrade() -> None:
    with op.batch_alter_table("audit_campaign_sheet", schema=None) as batch_op:
        batch_op.add_column(sa.Column("file_missing", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("file_doubtful", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("audit_campaign_sheet", schema=None) as batch_op:
        batch_op.drop_column("file_doubtful")
        batch_op.drop_column("file_missing")
