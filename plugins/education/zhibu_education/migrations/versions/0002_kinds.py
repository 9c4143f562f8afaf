"""kinds."""

import sqlalchemy as sa
from alembic import op

revision = "education_0002"
down_revision = "education_0001"


def upgrade() -> None:
    with op.batch_alter_table("education_credit", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(), nullable=True))

    with op.batch_alter_table("education_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("education_session", schema=None) as batch_op:
        batch_op.drop_column("kind")

    with op.batch_alter_table("education_credit", schema=None) as batch_op:
        batch_op.drop_column("kind")
