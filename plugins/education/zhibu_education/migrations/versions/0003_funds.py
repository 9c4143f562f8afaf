"""funds."""

import sqlalchemy as sa
from alembic import op

revision = "education_0003"
down_revision = "education_0002"


def upgrade() -> None:
    with op.batch_alter_table("education_expense", schema=None) as batch_op:
        batch_op.add_column(sa.Column("category", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("voided_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("void_reason", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("education_expense", schema=None) as batch_op:
        batch_op.drop_column("void_reason")
        batch_op.drop_column("voided_on")
        batch_op.drop_column("category")
