"""Since when a file is known to be kept by somebody."""

import sqlalchemy as sa
from alembic import op

revision = "discipline_0004"
down_revision = "discipline_0003"


def upgrade() -> None:
    with op.batch_alter_table("discipline_file_check", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kept_on", sa.Date(), nullable=True))
    # The wall stands before the owner too, who otherwise finds nothing to fill in.
    walled = op.get_bind().dialect.name == "postgresql"
    if walled:
        op.execute("ALTER TABLE discipline_file_check NO FORCE ROW LEVEL SECURITY")
    op.execute(
        "UPDATE discipline_file_check SET kept_on = COALESCE(completed_on, checked_on) "
        "WHERE custody IS NOT NULL"
    )
    if walled:
        op.execute("ALTER TABLE discipline_file_check FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    with op.batch_alter_table("discipline_file_check", schema=None) as batch_op:
        batch_op.drop_column("kept_on")
