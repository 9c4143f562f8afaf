"""Certificates whose hours count no longer, and what was decided about them."""

import sqlalchemy as sa
from alembic import op

revision = "education_0005"
down_revision = "education_0004"


def upgrade() -> None:
    with op.batch_alter_table("education_certificate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("uncovered_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("kept_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("kept_reason", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("kept_verified", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("kept_required", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("education_certificate", schema=None) as batch_op:
        batch_op.drop_column("kept_required")
        batch_op.drop_column("kept_verified")
        batch_op.drop_column("kept_reason")
        batch_op.drop_column("kept_on")
        batch_op.drop_column("uncovered_on")
