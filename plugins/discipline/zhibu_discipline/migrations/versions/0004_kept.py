"""Since when a file is known to be kept by somebody."""

import sqlalchemy as sa
from alembic import op

revision = "discipline_0004"
down_revision = "discipline_0003"


def upgrade() -> None:
    with op.batch_alter_table("discipline_file_check", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kept_on", sa.Date(), nullable=True))
    op.execute(
        "UPDATE discipline_file_check SET kept_on = COALESCE(completed_on, checked_on) "
        "WHERE custody IS NOT NULL"
    )


def downgrade() -> None:
    with op.batch_alter_table("discipline_file_check", schema=None) as batch_op:
        batch_op.drop_column("kept_on")
